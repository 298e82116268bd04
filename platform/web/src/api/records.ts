import { call, callFull } from './client';
import { Decimal } from './json';
import type { Entity, Model } from './model';
import { isNumber, nextPath, pageSize, recordUrl, setUrl } from './odata';
import type { FieldMeta, HistoryEntry, RecordData, Value } from './types';

export interface Page {
  records: RecordData[];
  count: number | undefined;
  next: string | undefined;
}

interface ODataPage {
  value: RecordData[];
  '@odata.count'?: number;
  '@odata.nextLink'?: string;
}

export interface ListQuery {
  fields: readonly FieldMeta[];
  filter?: string | undefined;
  search?: string | undefined;
  orderby?: string | undefined;
  pageSize?: number;
}

/** Lookups come with the name of the record they point to, so no screen shows an id. */
export function expansions(model: Model, fields: readonly FieldMeta[]): string[] {
  return fields.flatMap((field) => {
    const target = model.target(field);
    return field.type === 'lookup' && field.navigation !== undefined && target !== undefined
      ? [`${field.navigation}($select=${target.nameField.property})`]
      : [];
  });
}

function selection(entity: Entity, fields: readonly FieldMeta[]): string[] {
  const beside = fields.flatMap((field) => (field.currencyField === undefined ? [] : [field.currencyField]));
  return [...new Set(['id', entity.nameField.property, ...fields.map((field) => field.property), ...beside])];
}

export async function listPage(
  model: Model,
  entity: Entity,
  query: ListQuery,
  next?: string,
  signal?: AbortSignal,
): Promise<Page> {
  const path =
    next ??
    setUrl(entity.setName, {
      filter: query.filter,
      search: query.search,
      orderby: query.orderby,
      select: selection(entity, query.fields),
      expand: expansions(model, query.fields),
      count: true,
    });
  const page = await call<ODataPage>(path, { signal, prefer: pageSize(query.pageSize ?? 100) });
  const link = page['@odata.nextLink'];
  return { records: page.value, count: page['@odata.count'], next: link === undefined ? undefined : nextPath(link) };
}

export async function getRecord(model: Model, entity: Entity, id: string, signal?: AbortSignal): Promise<RecordData> {
  const expand = expansions(model, entity.fields).join(',');
  const path = recordUrl(entity.setName, id) + (expand === '' ? '' : `?$expand=${encodeURIComponent(expand)}`);
  const { data, etag } = await callFull<RecordData>(path, { signal });
  return etag === null ? data : { ...data, '@odata.etag': etag };
}

export async function count(entity: Entity, filter?: string, signal?: AbortSignal): Promise<number> {
  const page = await call<ODataPage>(setUrl(entity.setName, { filter, select: ['id'], top: 1, count: true }), {
    signal,
  });
  return page['@odata.count'] ?? page.value.length;
}

export interface Totals {
  group: Value;
  count: number;
  sum: number | undefined;
}

const MOST_GROUPS = 1000;

/** Counts and sums for the whole result, by group when one is named. */
export async function totals(
  entity: Entity,
  options: {
    filter?: string | undefined;
    search?: string | undefined;
    groupBy?: FieldMeta | undefined;
    sum?: FieldMeta | undefined;
  },
  signal?: AbortSignal,
): Promise<Totals[]> {
  const sum = options.sum === undefined ? '' : `,${options.sum.property} with sum as total`;
  const aggregate = `aggregate($count as count${sum})`;
  const grouped = options.groupBy === undefined ? aggregate : `groupby((${options.groupBy.property}),${aggregate})`;
  const apply = options.filter === undefined ? grouped : `filter(${options.filter})/${grouped}`;
  const answer = await call<{ value: Record<string, unknown>[] }>(
    setUrl(entity.setName, { apply, search: options.search, top: MOST_GROUPS }),
    { signal },
  );
  return answer.value.map((row) => ({
    group: (options.groupBy === undefined ? null : (row[options.groupBy.property] ?? null)) as Value,
    count: Number(row.count ?? 0),
    sum: row.total === undefined || row.total === null ? undefined : Number(row.total),
  }));
}

/** Values as the API takes them: a decimal keeps the digits that were typed. */
export function toBody(entity: Entity, values: Record<string, Value>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([property, value]) => {
      const field = entity.fieldByProperty(property);
      const exact = field !== undefined && isNumber(field.type) && typeof value === 'string';
      return [property, exact ? new Decimal(value) : value];
    }),
  );
}

function withEtag({ data, etag }: { data: RecordData; etag: string | null }): RecordData {
  return etag === null ? data : { ...data, '@odata.etag': etag };
}

export async function createRecord(entity: Entity, values: Record<string, Value>): Promise<RecordData> {
  return withEtag(await callFull<RecordData>(setUrl(entity.setName), { method: 'POST', body: toBody(entity, values) }));
}

export async function patchRecord(
  entity: Entity,
  id: string,
  values: Record<string, Value>,
  etag: string | undefined,
): Promise<RecordData> {
  const path = recordUrl(entity.setName, id);
  return withEtag(await callFull<RecordData>(path, { method: 'PATCH', body: toBody(entity, values), etag }));
}

export async function deleteRecord(entity: Entity, id: string, etag: string | undefined): Promise<void> {
  await call(recordUrl(entity.setName, id), { method: 'DELETE', etag });
}

export async function restoreRecord(entity: Entity, id: string): Promise<void> {
  await call(`${recordUrl(entity.setName, id)}/Relata.restore`, { method: 'POST', body: {} });
}

export async function history(entity: Entity, id: string, signal?: AbortSignal): Promise<HistoryEntry[]> {
  return (await call<{ value: HistoryEntry[] }>(`/api/v1/history/${entity.setName}/${id}`, { signal })).value;
}

/** The expanded name beside a lookup, or undefined when the record did not bring it. */
export function lookupName(model: Model, field: FieldMeta, record: RecordData): string | undefined {
  const target = model.target(field);
  const expanded = field.navigation === undefined ? undefined : record[field.navigation];
  if (target === undefined || expanded === null || typeof expanded !== 'object') {
    return undefined;
  }
  const name = (expanded as Record<string, unknown>)[target.nameField.property];
  return typeof name === 'string' ? name : undefined;
}

export function recordName(entity: Entity, record: RecordData): string {
  const name = record[entity.nameField.property];
  return name === null || name === undefined || name === '' ? record.id.slice(0, 8) : String(name);
}
