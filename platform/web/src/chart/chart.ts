import { call } from '../api/client';
import type { Entity, Model } from '../api/model';
import { literal, setUrl } from '../api/odata';
import type { FieldMeta, Value } from '../api/types';
import { addMonths } from '../calendar/month';

/** One bar: the records that have a value in common. */
export interface Bar {
  key: string;
  value: Value;
  /** The name of the record that a lookup points to. */
  name: string | undefined;
  count: number;
  sum: number | undefined;
  /** What asks for just these records. */
  condition: string;
}

export interface ChartQuery {
  field: FieldMeta;
  sum: FieldMeta | undefined;
  measure: 'count' | 'sum';
  filter: string | undefined;
  search: string | undefined;
}

/** More bars say nothing; those with the most are shown. */
export const MOST_BARS = 40;
const MOST_MONTHS = 240;

/** By records of several entities there is no one name to group by. */
export function chartable(field: FieldMeta): boolean {
  return (
    field.targets === undefined &&
    ['picklist', 'boolean', 'lookup', 'user', 'date', 'text', 'currency', 'rating'].includes(field.type)
  );
}

function grouping(model: Model, field: FieldMeta): string {
  const p = field.property;
  if (field.type === 'date') {
    return `compute(year(${p}) as y,month(${p}) as m)/groupby((y,m),`;
  }
  const target = field.type === 'lookup' ? model.target(field) : undefined;
  const name = target === undefined ? '' : `,${field.navigation}/${target.nameField.property}`;
  return `groupby((${p}${name}),`;
}

/** The request for a chart's bars: figures of all that match, reckoned by the server. */
export function chartUrl(model: Model, entity: Entity, query: ChartQuery): string {
  const sum = query.sum === undefined ? '' : `,${query.sum.property} with sum as total`;
  const apply = `${grouping(model, query.field)}aggregate($count as n${sum}))`;
  const dated = query.field.type === 'date';
  return setUrl(entity.setName, {
    apply: query.filter === undefined ? apply : `filter(${query.filter})/${apply}`,
    search: query.search,
    orderby: dated ? 'y,m' : query.measure === 'sum' && query.sum !== undefined ? 'total desc,n desc' : 'n desc',
    top: dated ? MOST_MONTHS : MOST_BARS,
  });
}

type Row = Record<string, unknown>;

function monthBar(field: FieldMeta, row: Row): Pick<Bar, 'value' | 'name' | 'condition'> {
  const p = field.property;
  if (typeof row.y !== 'number' || typeof row.m !== 'number') {
    return { value: null, name: undefined, condition: `${p} eq null` };
  }
  const month = `${String(row.y).padStart(4, '0')}-${String(row.m).padStart(2, '0')}`;
  const condition = `${p} ge ${month}-01 and ${p} lt ${addMonths(month, 1)}-01`;
  return { value: month, name: undefined, condition };
}

function valueBar(model: Model, field: FieldMeta, row: Row): Pick<Bar, 'value' | 'name' | 'condition'> {
  const value = (row[field.property] ?? null) as Value;
  const target = field.type === 'lookup' ? model.target(field) : undefined;
  const linked = field.navigation === undefined ? undefined : (row[field.navigation] as Row | null | undefined);
  const name = target === undefined ? undefined : linked?.[target.nameField.property];
  const asked = value === null ? 'null' : literal(field.type, String(value));
  return { value, name: typeof name === 'string' ? name : undefined, condition: `${field.property} eq ${asked}` };
}

export function barsOf(model: Model, field: FieldMeta, rows: readonly Row[]): Bar[] {
  return rows.map((row) => {
    const { value, name, condition } = field.type === 'date' ? monthBar(field, row) : valueBar(model, field, row);
    const sum = row.total === undefined || row.total === null ? undefined : Number(row.total);
    return { key: String(value), value, name, condition, count: Number(row.n ?? 0), sum };
  });
}

/** Options stand in their own order, as on a board; the rest as the server has put them. */
export function inOrder(field: FieldMeta, bars: readonly Bar[]): readonly Bar[] {
  if (field.type !== 'picklist') {
    return bars;
  }
  const place = (bar: Bar) => {
    const index = (field.options ?? []).findIndex((option) => option.value === bar.value);
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };
  return [...bars].sort((a, b) => place(a) - place(b));
}

export async function chartBars(model: Model, entity: Entity, query: ChartQuery, signal: AbortSignal): Promise<Bar[]> {
  const { value } = await call<{ value: Row[] }>(chartUrl(model, entity, query), { signal });
  return barsOf(model, query.field, value);
}
