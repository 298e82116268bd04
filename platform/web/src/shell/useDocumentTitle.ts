import { useEffect } from 'react';
import { useSession } from '../api/session';

export function useDocumentTitle(title: string): void {
  const { tenant } = useSession().me;
  useEffect(() => {
    document.title = `${title} · ${tenant.name}`;
  }, [title, tenant.name]);
}
