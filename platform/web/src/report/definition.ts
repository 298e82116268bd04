import type { Entity, Model } from '../api/model';
import { isNumber } from '../api/odata';
import type { ReportDefinition, ReportKind } from '../api/reports';
import type { FieldMeta } from '../api/types';

/** What of a day counts. */
export type Part = 'year' | 'month';

/** A field with the lookups that lead to it. */
export interface Place {
  text: string;
  via: readonly FieldMeta[];
  field: FieldMeta;
}

export interface GroupBy extends Place {
  part: Part | undefined;
}

export type Reckoning = 'sum' | 'average' | 'min' | 'max' | 'countdistinct';

/** What is reckoned; without a place the records are counted. */
export interface Measure {
  text: string;
  reckoning: Reckoning | 'count';
  place: Place | undefined;
}

export const KINDS: readonly ReportKind[] = ['table', 'matrix', 'chart', 'number', 'list'];
export const MOST_GROUPS = 4;
export const MOST_MEASURES = 6;
export const COUNT = 'count';

export function placeText(via: readonly FieldMeta[], field: FieldMeta): string {
  return [...via.map((lookup) => lookup.navigation), field.property].join('/');
}

export function readPlace(model: Model, entity: Entity, text: string): Place | undefined {
  const place = model.place(entity, text);
  return place && { text, ...place };
}

export function readGroup(model: Model, entity: Entity, text: string): GroupBy | undefined {
  const [path = '', part] = text.split(':');
  const place = readPlace(model, entity, path);
  return place === undefined
    ? undefined
    : { ...place, text, part: part === 'year' || part === 'month' ? part : undefined };
}

export function readMeasure(model: Model, entity: Entity, text: string): Measure | undefined {
  if (text === COUNT) {
    return { text, reckoning: 'count', place: undefined };
  }
  const [path = '', reckoning] = text.split(':');
  const place = readPlace(model, entity, path);
  return place === undefined ? undefined : { text, reckoning: (reckoning ?? 'sum') as Reckoning, place };
}

/** Values that many records have in common. */
export function groupable(field: FieldMeta): boolean {
  return (
    field.sortable !== false &&
    field.targets === undefined &&
    ['picklist', 'boolean', 'lookup', 'user', 'date', 'datetime', 'text', 'currency', 'rating', 'integer'].includes(
      field.type,
    )
  );
}

/** Days are grouped by their month: single ones tell little. */
export function groupText(via: readonly FieldMeta[], field: FieldMeta): string {
  const dated = field.type === 'date' || field.type === 'datetime';
  return `${placeText(via, field)}${dated ? ':month' : ''}`;
}

export function reckoningsFor(field: FieldMeta): readonly Reckoning[] {
  return isNumber(field.type)
    ? ['sum', 'average', 'min', 'max']
    : field.type === 'date' || field.type === 'datetime'
      ? ['min', 'max']
      : ['countdistinct'];
}

/** The question with what it leaves unsaid. */
export interface Report {
  entity: Entity;
  kind: ReportKind;
  rows: readonly GroupBy[];
  columns: readonly GroupBy[];
  /** Of a list. */
  fields: readonly FieldMeta[];
  measures: readonly Measure[];
  filter: string;
  sort: string | undefined;
  top: number | undefined;
}

const defined = <T>(value: T | undefined): value is T => value !== undefined;

export function readReport(model: Model, definition: ReportDefinition): Report | undefined {
  const entity = model.set(definition.set);
  if (entity === undefined) {
    return undefined;
  }
  const kind = definition.kind ?? 'table';
  const measures = (definition.measures ?? []).map((text) => readMeasure(model, entity, text)).filter(defined);
  const columns = definition.columns ?? [];
  const fields = kind === 'list' ? columns.map((name) => entity.fieldByProperty(name)).filter(defined) : [];
  const shown = entity
    .view(undefined)
    .columns.map((name) => entity.field(name))
    .filter(defined)
    .slice(0, 4);
  return {
    entity,
    kind,
    rows: (definition.rows ?? []).map((text) => readGroup(model, entity, text)).filter(defined),
    columns: kind === 'matrix' ? columns.map((text) => readGroup(model, entity, text)).filter(defined) : [],
    fields: fields.length > 0 ? fields : shown,
    measures: measures.length > 0 ? measures : [{ text: COUNT, reckoning: 'count', place: undefined }],
    filter: definition.filter ?? '',
    sort: definition.sort,
    top: definition.top,
  };
}

const LISTS = ['rows', 'columns', 'measures'] as const;

/** What of the address says something else than the kept report. */
export const MEMBERS = ['set', 'kind', 'filter', 'sort', 'top', ...LISTS] as const;

export function readAddress(params: URLSearchParams, kept: ReportDefinition | undefined): ReportDefinition | undefined {
  const set = params.get('set') ?? kept?.set;
  if (set === undefined) {
    return undefined;
  }
  const kind = params.get('kind') as ReportKind | null;
  const text = (name: 'filter' | 'sort') => params.get(name) ?? kept?.[name];
  const list = (name: (typeof LISTS)[number]) =>
    params.has(name) ? (params.get(name) ?? '').split(',').filter(Boolean) : kept?.[name];
  const top = params.has('top') ? Number(params.get('top')) || undefined : kept?.top;
  return tidy({
    set,
    kind: kind !== null && KINDS.includes(kind) ? kind : kept?.kind,
    filter: text('filter') || undefined,
    sort: text('sort') || undefined,
    top,
    rows: list('rows'),
    columns: list('columns'),
    measures: list('measures'),
  });
}

function tidy(loose: { [M in keyof ReportDefinition]: ReportDefinition[M] | undefined }): ReportDefinition {
  return Object.fromEntries(
    Object.entries(loose).filter(([, value]) => value !== undefined),
  ) as unknown as ReportDefinition;
}

/** The address of a report that nobody keeps. */
export function addressOf(definition: ReportDefinition): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(definition)) {
    params.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  return `/reports/new?${params}`;
}
