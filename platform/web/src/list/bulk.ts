import { call } from '../api/client';
import type { Entity } from '../api/model';
import { nextPath, pageSize, setUrl } from '../api/odata';
import { toBody } from '../api/records';
import type { FieldMeta, RecordData, Value } from '../api/types';

/** The most records that are changed one by one, so that each can be given its value back. */
export const MOST_UNDONE = 5_000;

const PORTION = 500;
const PAGE = 1_000;
const POLL_MS = 400;

export interface Progress {
  done: number;
  total: number;
}

type OnProgress = (progress: Progress) => void;

export interface Job {
  id: string;
  total?: number;
  processed: number;
  updated: number;
  deleted: number;
  restored: number;
  rejected: number;
  createdAt: string;
  finishedAt?: string;
}

export interface JobInput {
  kind: 'update' | 'delete' | 'restore';
  filter: string;
  values?: Record<string, Value>;
}

const jobPath = (id: string) => `/api/v1/jobs/${id}`;

/** Has the server do it to all that match, and waits until it has. */
export async function runJob(entity: Entity, input: JobInput, stop: AbortSignal, onProgress: OnProgress): Promise<Job> {
  const body = { ...input, set: entity.setName, ...(input.values && { values: toBody(entity, input.values) }) };
  let job = await call<Job>('/api/v1/jobs', { method: 'POST', body });
  let stopped = false;
  while (job.finishedAt === undefined) {
    onProgress({ done: job.processed, total: job.total ?? job.processed });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    if (stop.aborted && !stopped) {
      stopped = true;
      await call(`${jobPath(job.id)}/cancel`, { method: 'POST', body: {} });
    }
    job = await call<Job>(jobPath(job.id));
  }
  return job;
}

/** Of which records: those named, or all that match. */
export type Target = { ids: readonly string[] } | { filter: string; count: number };

export function sizeOf(target: Target): number {
  return 'ids' in target ? target.ids.length : target.count;
}

interface ODataPage {
  value: RecordData[];
  '@odata.nextLink'?: string;
}

async function readAll(entity: Entity, filter: string, field: FieldMeta): Promise<RecordData[]> {
  const records: RecordData[] = [];
  let path: string | undefined = setUrl(entity.setName, { filter, select: ['id', field.property] });
  while (path !== undefined) {
    const page: ODataPage = await call<ODataPage>(path, { prefer: pageSize(PAGE) });
    records.push(...page.value);
    const next = page['@odata.nextLink'];
    path = next === undefined ? undefined : nextPath(next);
  }
  return records;
}

const IDS_IN_A_FILTER = 200;

function parts<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

/** The records with the value that the field has now. */
export async function valuesBefore(entity: Entity, target: Target, field: FieldMeta): Promise<RecordData[]> {
  if (!('ids' in target)) {
    return readAll(entity, target.filter, field);
  }
  const filters = parts(target.ids, IDS_IN_A_FILTER).map((ids) => `id in (${ids.join(',')})`);
  const found = await Promise.all(filters.map((filter) => readAll(entity, filter, field)));
  return found.flat();
}

export interface Written {
  id: string;
  version: number;
  before: Value;
}

export interface BulkResult {
  written: Written[];
  refused: number;
  reason: string | undefined;
}

interface BulkAnswer {
  value: {
    status: number;
    id?: string;
    version?: number;
    problem?: { detail?: string; violations?: { message: string }[] };
  }[];
}

export interface Change {
  id: string;
  value: Value;
  before: Value;
  /** Only when nobody has changed the record since. */
  version?: number;
}

/** Changes one field of many records; what is refused does not hold the others back. */
export async function writeMany(
  entity: Entity,
  field: FieldMeta,
  changes: readonly Change[],
  stop: AbortSignal,
  onProgress: OnProgress,
): Promise<BulkResult> {
  const result: BulkResult = { written: [], refused: 0, reason: undefined };
  let done = 0;
  for (const part of parts(changes, PORTION)) {
    if (stop.aborted) {
      break;
    }
    onProgress({ done, total: changes.length });
    const items = part.map(({ id, value, version }) => ({
      op: 'update',
      id,
      ...(version !== undefined && { version }),
      values: toBody(entity, { [field.property]: value }),
    }));
    const answer = await call<BulkAnswer>(`/api/v1/data/${entity.setName}/Relata.bulk`, {
      method: 'POST',
      body: { items },
      prefer: 'continue-on-error',
    });
    answer.value.forEach((item, index) => {
      const change = part[index];
      if (change !== undefined && item.version !== undefined) {
        result.written.push({ id: change.id, version: item.version, before: change.before });
      } else {
        result.refused += 1;
        result.reason ??= item.problem?.violations?.[0]?.message ?? item.problem?.detail;
      }
    });
    done += part.length;
  }
  return result;
}

/** What a job deleted: the caller's deletions in its time. */
export function deletedBy(job: Job, filter: string, user: string): string {
  return [
    `(${filter})`,
    `updatedBy eq ${user}`,
    `updatedAt ge ${job.createdAt}`,
    `updatedAt le ${job.finishedAt}`,
  ].join(' and ');
}

export const EVERYTHING = 'id ne null';
