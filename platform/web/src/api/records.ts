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
    if (field.type !== 'lookup') {
      return [];
    }
    return model.targets(field).flatMap((target) => {
      const step = field.targets === undefined ? field.navigation : `${field.name}/Relata.${target.name}`;
      return step === undefined ? [] : [`${step}($select=${target.nameField.property})`];
    });
  });
}

/** What is asked for besides a field's own value: the currency of an amount, of which entity a lookup's record is. */
function beside(entity: Entity, field: FieldMeta): string[] {
  const kind = field.typeField === undefined ? undefined : entity.field(field.typeField)?.property;
  return [field.currencyField, kind].filter((name) => name !== undefined);
}

function selection(entity: Entity, fields: readonly FieldMeta[]): string[] {
  const more = fields.flatMap((field) => beside(entity, field));
  return [...new Set(['id', entity.nameField.property, ...fields.map((field) => field.property), ...more])];
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
      expand: expansions(model, [...new Set([...endsOf(entity), ...query.fields])]),
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

/** The entity of the record to which a lookup points; undefined when the record does not say of which of several. */
export function targetOf(model: Model, field: FieldMeta, record: RecordData): Entity | undefined {
  if (field.targets === undefined) {
    return model.target(field);
  }
  const kind = field.typeField === undefined ? undefined : record[field.typeField];
  return typeof kind === 'string' ? model.entity(kind) : undefined;
}

/** The expanded name beside a lookup, or undefined when the record did not bring it. */
export function lookupName(model: Model, field: FieldMeta, record: RecordData): string | undefined {
  const target = targetOf(model, field, record);
  const expanded = record[field.navigation ?? field.name];
  if (target === undefined || expanded === null || typeof expanded !== 'object') {
    return undefined;
  }
  const name = (expanded as Record<string, unknown>)[target.nameField.property];
  return typeof name === 'string' ? name : undefined;
}

/** The record with the id, of whichever of the entities it is; undefined when none has it. */
export async function findRecord(
  model: Model,
  entities: readonly Entity[],
  id: string,
  signal?: AbortSignal,
): Promise<{ entity: Entity; name: string } | undefined> {
  const found = await Promise.all(
    entities.map(async (entity) => {
      const query = { fields: [entity.nameField], filter: `id eq ${id}`, pageSize: 1 };
      const [record] = (await listPage(model, entity, query, undefined, signal)).records;
      return record === undefined ? undefined : { entity, name: recordName(entity, record) };
    }),
  );
  return found.find((one) => one !== undefined);
}

/** The name of what a lookup points to, where the record came with it. */
function expandedName(record: RecordData, field: FieldMeta): string | undefined {
  const expanded = record[field.navigation ?? field.name];
  const values = expanded !== null && typeof expanded === 'object' ? Object.entries(expanded) : [];
  const [, name] = values.find(([member, value]) => member !== 'id' && !member.startsWith('@') && value !== null) ?? [];
  return name === undefined ? undefined : String(name);
}

/** The lookups that a tie is called by. */
function endsOf(entity: Entity): FieldMeta[] {
  const ends = (entity.meta.link ?? []).map((end) => entity.field(end.lookup));
  return ends.filter((field) => field !== undefined);
}

/** A record is called what its naming field says; a tie that says nothing there, after what it ties together. */
export function recordName(entity: Entity, record: RecordData): string {
  const name = record[entity.nameField.property];
  if (name !== null && name !== undefined && name !== '') {
    return String(name);
  }
  const tied = endsOf(entity).map((end) => expandedName(record, end));
  const known = tied.filter((one) => one !== undefined);
  return known.length > 0 ? known.join(' – ') : record.id.slice(0, 8);
}
