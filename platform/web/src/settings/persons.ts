import { call } from '../api/client';
import type { ImportJob } from '../api/types';

export const KINDS = ['person', 'mention', 'reference', 'file', 'audit'] as const;
export type Kind = (typeof KINDS)[number];

/** By what somebody is looked for. */
export interface PersonWish {
  record?: { entity: string; id: string };
  emails?: string[];
  phones?: string[];
  names?: string[];
}

export interface PersonRequest {
  id: string;
  createdAt: string;
  requestedBy: string;
  lookedFor: PersonWish;
  state: ImportJob['state'];
  processed: number;
  counts?: { kind: Kind; entity: string; records: number; entries?: number }[];
  package?: string;
  packageExpiresAt?: string;
  /** Where the proof is, once the person has been erased. */
  proof?: string;
}

export interface Finding {
  kind: Kind;
  entity: string;
  set?: string;
  record: string;
  name?: string;
  deleted?: boolean;
  field?: string;
  file?: string;
  entries?: number;
}

const PERSONS = '/api/v1/persons';

export async function listRequests(signal?: AbortSignal): Promise<PersonRequest[]> {
  return (await call<{ value: PersonRequest[] }>(PERSONS, { signal })).value;
}

export async function findPerson(wish: PersonWish): Promise<string> {
  return (await call<{ id: string }>(PERSONS, { method: 'POST', body: wish })).id;
}

export async function getRequest(id: string, signal?: AbortSignal): Promise<PersonRequest> {
  return await call<PersonRequest>(`${PERSONS}/${id}`, { signal });
}

export async function forgetRequest(id: string): Promise<void> {
  await call(`${PERSONS}/${id}`, { method: 'DELETE' });
}

export async function listFindings(
  id: string,
  kind: string,
  after: string,
  signal?: AbortSignal,
): Promise<{ value: Finding[]; next?: string }> {
  const query = new URLSearchParams({ kind, ...(after !== '' && { after }) });
  return await call(`${PERSONS}/${id}/findings?${query}`, { signal });
}

export async function packPerson(id: string, language: string): Promise<string> {
  return (await call<{ job: string }>(`${PERSONS}/${id}/package`, { method: 'POST', body: { language } })).job;
}

export const MODES = ['blank', 'delete', 'keep'] as const;
export type Mode = (typeof MODES)[number];

/** What an erasure would do to the records of an entity. */
export interface Planned {
  entity: string;
  persons: number;
  mentions: number;
  goes: string[];
  stays: { field: string; why: string }[];
}

export async function planErasure(id: string, signal?: AbortSignal): Promise<Planned[]> {
  return (await call<{ value: Planned[] }>(`${PERSONS}/${id}/erasure`, { signal })).value;
}

export async function erasePerson(
  id: string,
  wish: { reason: string; entities: Record<string, Mode>; files: boolean },
): Promise<string> {
  return (await call<{ job: string }>(`${PERSONS}/${id}/erasure`, { method: 'POST', body: wish })).job;
}

/** What is shown of a request in one line. */
export const wishText = (wish: PersonWish) =>
  [...(wish.names ?? []), ...(wish.emails ?? []), ...(wish.phones ?? [])].join(', ');

/** One text or several, divided by commas or semicolons. */
export function textsOf(typed: string): string[] | undefined {
  const texts = typed
    .split(/[,;，；]/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
  return texts.length === 0 ? undefined : texts;
}
