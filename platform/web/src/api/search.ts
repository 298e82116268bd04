import { call } from './client';

/** A stretch of a text: where it begins and how long it is. */
export type Mark = [start: number, length: number];

export interface SearchHit {
  id: string;
  name: string;
  marks: Mark[];
  snippet?: { field: string; text: string; marks: Mark[] };
}

export interface SearchGroup {
  entity: string;
  set: string;
  count: number;
  /** False when there are more than `count`. */
  exact: boolean;
  hits: SearchHit[];
  next?: string;
}

export interface SearchAnswer {
  /** Whether nothing has some word, so that words like it were looked for. */
  misspelt: boolean;
  /** False while the index is being made. */
  complete: boolean;
  value: SearchGroup[];
}

/** Looks for words in all entities. */
export function searchAll(text: string, top: number, signal?: AbortSignal): Promise<SearchAnswer> {
  return call<SearchAnswer>(`/api/v1/search?q=${encodeURIComponent(text)}&top=${top}`, { signal });
}
