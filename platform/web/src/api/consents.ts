import { call } from './client';
import type { Label } from './types';

/** A text that people are shown; it never changes. */
export interface ConsentText {
  version: number;
  text: Label;
  writtenBy: string;
  writtenAt: string;
}

/** What people may be contacted for. */
export interface ConsentPurpose {
  id: string;
  code: string;
  label: Label;
  /** For how many months a consent counts; left out: until it is withdrawn. */
  months?: number;
  active: boolean;
  text: ConsentText;
}

export type ConsentState = 'given' | 'withdrawn';

export interface ConsentEntry {
  id: string;
  purpose: string;
  state: ConsentState;
  saidAt: string;
  /** Whether it is what the person said last. */
  current: boolean;
  recordedAt: string;
  recordedBy: string;
  way: 'screen' | 'api' | 'form' | 'import';
  textVersion?: number;
  language?: 'en' | 'zh-CN';
  source?: string;
  address?: string;
}

/** What a record's person has agreed to. */
export interface Consents {
  purposes: (ConsentPurpose & { agreed: boolean })[];
  entries: ConsentEntry[];
}

const PURPOSES = '/api/v1/consent-purposes';
const of = (set: string, id: string) => `/api/v1/records/${set}/${id}/consents`;

export async function listPurposes(signal?: AbortSignal): Promise<ConsentPurpose[]> {
  return (await call<{ value: ConsentPurpose[] }>(PURPOSES, { signal })).value;
}

export async function createPurpose(body: object): Promise<unknown> {
  return await call(PURPOSES, { method: 'POST', body });
}

export async function replacePurpose(id: string, body: object): Promise<unknown> {
  return await call(`${PURPOSES}/${id}`, { method: 'PUT', body });
}

export async function deletePurpose(id: string): Promise<unknown> {
  return await call(`${PURPOSES}/${id}`, { method: 'DELETE' });
}

export async function listTexts(id: string, signal?: AbortSignal): Promise<ConsentText[]> {
  return (await call<{ value: ConsentText[] }>(`${PURPOSES}/${id}/texts`, { signal })).value;
}

export async function writeText(id: string, text: Label): Promise<unknown> {
  return await call(`${PURPOSES}/${id}/texts`, { method: 'POST', body: { text } });
}

export async function getConsents(set: string, id: string, signal?: AbortSignal): Promise<Consents> {
  return await call<Consents>(of(set, id), { signal });
}

export async function sayConsent(set: string, id: string, body: object): Promise<Consents> {
  return await call<Consents>(of(set, id), { method: 'POST', body });
}

export type Standing = 'agreed' | 'over' | 'withdrawn' | 'none';

/** How things stand between a person and a purpose. */
export function standing(consents: Consents, purpose: Consents['purposes'][number]): Standing {
  if (purpose.agreed) {
    return 'agreed';
  }
  const last = consents.entries.find((entry) => entry.current && entry.purpose === purpose.code);
  return last === undefined ? 'none' : last.state === 'given' ? 'over' : 'withdrawn';
}

/** What a text says: what has words, by language. */
export function words(en: string, zh: string): Label {
  return { ...(en.trim() !== '' && { en: en.trim() }), ...(zh.trim() !== '' && { 'zh-CN': zh.trim() }) };
}
