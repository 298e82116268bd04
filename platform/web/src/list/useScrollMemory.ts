import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** Coming back to a list, one is where one left it: the place is kept with the list's address. */
export function useScrollMemory(scroller: RefObject<HTMLElement | null>): number {
  const client = useQueryClient();
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  params.delete('peek');
  const address = `${pathname}?${params}`;
  const start = useRef(client.getQueryData<number>(['scroll', address]) ?? 0);
  useEffect(() => {
    const box = scroller.current;
    const keep = () => client.setQueryData(['scroll', address], box?.scrollTop ?? 0);
    box?.addEventListener('scrollend', keep);
    return () => box?.removeEventListener('scrollend', keep);
  }, [client, address, scroller]);
  return start.current;
}
