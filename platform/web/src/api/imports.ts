import { call } from './client';
import type { ImportJob, ImportMapping, ImportReject } from './types';

export interface Preview {
  columns: { column: string; samples: string[] }[];
  mapping: ImportMapping;
}

function form(file: File, mapping: ImportMapping): FormData {
  const data = new FormData();
  data.append('mapping', new Blob([JSON.stringify(mapping)], { type: 'application/json' }), 'mapping.json');
  data.append('file', file, file.name);
  return data;
}

/** The first rows of a file and the mapping the server suggests. */
export async function previewImport(file: File, entity: string, settings: Partial<ImportMapping>): Promise<Preview> {
  const data = new FormData();
  data.append('entity', entity);
  if (settings.encoding !== undefined) {
    data.append('encoding', settings.encoding);
  }
  data.append('file', file, file.name);
  const answer = await call<Preview>('/api/v1/imports/preview', { method: 'POST', form: data });
  return { ...answer, mapping: { ...answer.mapping, entity } };
}

export async function startImport(file: File, mapping: ImportMapping): Promise<ImportJob> {
  return await call<ImportJob>('/api/v1/imports', { method: 'POST', form: form(file, mapping) });
}

export async function listImports(signal?: AbortSignal): Promise<ImportJob[]> {
  return (await call<{ value: ImportJob[] }>('/api/v1/imports', { signal })).value;
}

export async function getImport(id: string, signal?: AbortSignal): Promise<ImportJob> {
  return await call<ImportJob>(`/api/v1/imports/${id}`, { signal });
}

export async function cancelImport(id: string): Promise<void> {
  await call(`/api/v1/imports/${id}/cancel`, { method: 'POST', body: {} });
}

export interface RejectPage {
  rejects: ImportReject[];
  next: number | undefined;
}

export async function importRejects(id: string, after?: number, signal?: AbortSignal): Promise<RejectPage> {
  const from = after === undefined ? '' : `?after=${after}`;
  const page = await call<{ value: ImportReject[]; next?: number | null }>(`/api/v1/imports/${id}/rejects${from}`, {
    signal,
  });
  return { rejects: page.value, next: page.next ?? undefined };
}

export function rejectsFile(id: string): string {
  return `/api/v1/imports/${id}/rejects.csv`;
}

export function isOpen(job: ImportJob): boolean {
  return job.state === 'queued' || job.state === 'running';
}
