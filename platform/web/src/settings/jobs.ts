import { call } from '../api/client';
import type { ImportJob } from '../api/types';

/** Work in the background, as the list of all has it. */
export interface Job {
  id: string;
  kind: string;
  entity: string;
  fileName?: string;
  /** What an undoing takes back. */
  change?: string;
  state: ImportJob['state'];
  total?: number;
  processed: number;
  created: number;
  updated: number;
  deleted: number;
  restored: number;
  rejected: number;
  createdAt: string;
  finishedAt?: string;
  file?: string;
  problem?: { title?: string; detail?: string };
}

export interface JobError {
  number: number;
  id?: string;
  field?: string;
  value?: string;
  message: string;
}

const JOBS = '/api/v1/jobs';

/** What can be taken back. */
const UNDOABLE = ['import', 'update', 'delete', 'restore', 'undo'];

export const changeOf = (job: Pick<Job, 'kind' | 'id'>) => `${job.kind}:${job.id}`;

/** Whether a job did something that can be taken back, and nobody has yet. */
export function canUndo(job: Job, all: readonly Job[]): boolean {
  const done = job.created + job.updated + job.deleted + job.restored > 0;
  const taken = all.some((other) => other.change === changeOf(job) && other.state !== 'failed');
  return UNDOABLE.includes(job.kind) && job.finishedAt !== undefined && done && !taken;
}

export async function listJobs(signal?: AbortSignal): Promise<Job[]> {
  return (await call<{ value: Job[] }>(JOBS, { signal })).value;
}

export async function undo(change: string): Promise<Job> {
  return await call<Job>(JOBS, { method: 'POST', body: { kind: 'undo', change } });
}

export async function cancelJob(id: string): Promise<void> {
  await call(`${JOBS}/${id}/cancel`, { method: 'POST', body: {} });
}

export async function jobErrors(id: string, signal?: AbortSignal): Promise<JobError[]> {
  return (await call<{ value: JobError[] }>(`${JOBS}/${id}/errors?top=50`, { signal })).value;
}
