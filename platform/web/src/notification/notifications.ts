import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client';

/** What somebody is told. */
export interface Notification {
  id: string;
  text: string;
  entity?: string | null;
  record?: string | null;
  createdAt: string;
  readAt?: string | null;
}

export interface NotificationPage {
  value: Notification[];
  unread: number;
  next?: string | null;
}

const NOTIFICATIONS = '/api/v1/notifications';
const ASK_AGAIN_MS = 30_000;

export const notificationsKey = ['notifications'] as const;
const unreadKey = [...notificationsKey, 'unread'] as const;

export const listNotifications = (after: string, signal?: AbortSignal, top = 20) => {
  const query = new URLSearchParams([['top', String(top)], ...(after === '' ? [] : [['after', after]])]);
  return call<NotificationPage>(`${NOTIFICATIONS}?${query}`, { signal });
};

export const markRead = (which: { ids: readonly string[] } | { all: true }) =>
  call<{ unread: number }>(`${NOTIFICATIONS}/read`, { method: 'POST', body: which });

/** How many have not been read; asked for again and again, but not while nobody looks. */
export function useUnread(): number {
  const { data } = useQuery({
    queryKey: unreadKey,
    queryFn: async ({ signal }) => (await listNotifications('', signal, 0)).unread,
    refetchInterval: ASK_AGAIN_MS,
    staleTime: 0,
  });
  return data ?? 0;
}
