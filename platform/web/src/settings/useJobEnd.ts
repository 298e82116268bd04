import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client';
import type { Job } from './jobs';

const POLL_MS = 1000;

export const isOpen = (state: string) => state === 'queued' || state === 'running';

/** Watches a job until it ends: whether it still runs, and what begins to watch one. */
export function useJobEnd(onEnd: () => void): [boolean, (job: string) => void] {
  const [job, watch] = useState<string>();
  const { data } = useQuery({
    queryKey: ['jobs', job, 'end'],
    queryFn: async ({ signal }) => {
      const found = await call<Job>(`/api/v1/jobs/${job}`, { signal });
      if (!isOpen(found.state)) {
        onEnd();
      }
      return found;
    },
    enabled: job !== undefined,
    refetchInterval: (query) => (query.state.data !== undefined && !isOpen(query.state.data.state) ? false : POLL_MS),
  });
  return [job !== undefined && (data === undefined || isOpen(data.state)), watch];
}
