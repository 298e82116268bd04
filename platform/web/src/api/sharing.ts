import { call } from './client';

/** A record is shown to a person or a team besides. */
export interface Share {
  principal: string;
  level: ShareLevel;
  until: string | null;
  changedBy: string;
}

export type ShareLevel = 'read' | 'update';

const path = (set: string, id: string) => `/api/v1/records/${set}/${id}`;

export const ownerOf = async (set: string, id: string, signal?: AbortSignal) =>
  (await call<{ owner: string | null }>(`${path(set, id)}/owner`, { signal })).owner;

export const assign = (set: string, id: string, owner: string) =>
  call<void>(`${path(set, id)}/owner`, { method: 'PATCH', body: { owner } });

export const sharesOf = async (set: string, id: string, signal?: AbortSignal) =>
  (await call<{ value: Share[] }>(`${path(set, id)}/shares`, { signal })).value;

export const share = (set: string, id: string, principal: string, level: ShareLevel, until: string | null) =>
  call<void>(`${path(set, id)}/shares/${principal}`, { method: 'PUT', body: { level, until } });

export const unshare = (set: string, id: string, principal: string) =>
  call<void>(`${path(set, id)}/shares/${principal}`, { method: 'DELETE' });
