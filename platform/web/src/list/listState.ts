import { useMemo } from 'react';
import type { Entity, Model } from '../api/model';
import { sortPath } from '../api/odata';
import { useModel } from '../api/session';
import type { FieldMeta, ViewMeta } from '../api/types';
import { asView, type SavedView, useSavedViews, type ViewDefinition } from '../api/views';
import { type ParamChanges, useUrlParams } from '../shell/url';
import type { FilterItem } from './filter/conditions';
import { readFilter } from './filter/read';
import { writeFilter } from './filter/write';

export interface Sort {
  field: string;
  desc: boolean;
}

export function readSort(text: string): Sort[] {
  return text
    .split(',')
    .filter(Boolean)
    .map((part) => (part.startsWith('-') ? { field: part.slice(1), desc: true } : { field: part, desc: false }));
}

export function writeSort(sorts: readonly Sort[]): string {
  return sorts.map((sort) => (sort.desc ? `-${sort.field}` : sort.field)).join(',');
}

export function orderBy(model: Model, entity: Entity, sorts: readonly Sort[]): string | undefined {
  const parts = sorts.flatMap((sort) => {
    const field = entity.field(sort.field);
    if (field === undefined) {
      return [];
    }
    const path = sortPath(field, model.target(field)?.nameField.property);
    return [sort.desc ? `${path} desc` : path];
  });
  return parts.length === 0 ? undefined : parts.join(',');
}

export type Widths = Readonly<Record<string, number>>;

/** `amount:140,name:260` */
export function readWidths(text: string): Widths {
  const pairs = text.split(',').map((part) => part.split(':'));
  return Object.fromEntries(
    pairs.flatMap(([name = '', width]) => (name !== '' && Number(width) > 0 ? [[name, Number(width)]] : [])),
  );
}

export function writeWidths(widths: Widths): string | undefined {
  const parts = Object.entries(widths).map(([name, width]) => `${name}:${Math.round(width)}`);
  return parts.length === 0 ? undefined : parts.join(',');
}

/** What of the address says something else than the view. */
const OF_THE_VIEW = ['filter', 'sort', 'columns', 'group', 'widths', 'frozen', 'layout'] as const;

/** More would leave no room for what is scrolled. */
export const MOST_FROZEN = 4;
export const MOST_SORTS = 5;

export const AS_THE_VIEW: ParamChanges = Object.fromEntries(OF_THE_VIEW.map((name) => [name, undefined]));

export type Layout = NonNullable<ViewMeta['kind']>;

export interface ListState {
  view: ViewMeta;
  /** The kept view that is looked at; none when it is one of the metadata's. */
  saved: SavedView | undefined;
  /** Whether the view that the address names is known yet. */
  ready: boolean;
  /** Whether something is shown that the view does not say. */
  changed: boolean;
  group: FieldMeta | undefined;
  widths: Widths;
  /** How many columns stay when the others are scrolled sideways. */
  frozen: number;
  layout: Layout;
  /** The field by which the records stand together, as the address or the view names it; each layout reads it its way. */
  groupName: string | undefined;
  filter: string;
  items: readonly FilterItem[];
  sorts: readonly Sort[];
  orderby: string | undefined;
  columns: readonly FieldMeta[];
  search: string;
  peek: string | undefined;
  change: (changes: ParamChanges, how?: 'push' | 'replace') => void;
  setItems: (items: readonly FilterItem[]) => void;
  /** What is looked at, in the form in which it is kept. */
  definition: () => ViewDefinition;
}

function chosenColumns(entity: Entity, view: ViewMeta, chosen: string | null): FieldMeta[] {
  const names = chosen === null ? view.columns : chosen.split(',');
  const fields = names.map((name) => entity.field(name)).filter((field) => field !== undefined);
  return [entity.nameField, ...fields.filter((field) => field.name !== entity.nameField.name)];
}

/** What rows can be grouped by: values that many records have in common. */
export function groupable(field: FieldMeta): boolean {
  return field.sortable !== false && ['picklist', 'boolean', 'lookup', 'user', 'date', 'text'].includes(field.type);
}

function chosenGroup(entity: Entity, view: ViewMeta, chosen: string | null): FieldMeta | undefined {
  const name = chosen ?? (view.kind === undefined || view.kind === 'list' ? view.groupBy : undefined);
  const field = name === undefined || name === '' ? undefined : entity.field(name);
  return field !== undefined && groupable(field) ? field : undefined;
}

/** The first column always stays. */
function frozenColumns(asked: string): number {
  return Math.min(MOST_FROZEN, Math.max(1, Math.trunc(Number(asked)) || 1));
}

/** Where the address is silent, the view speaks. */
function ordering(params: URLSearchParams, view: ViewMeta): Sort[] {
  return params.has('sort')
    ? readSort(params.get('sort') ?? '')
    : (view.sort ?? []).map((sort) => ({ field: sort.field, desc: sort.desc ?? false }));
}

/** Records of a group stand together, in the order asked for. */
function withGroupFirst(group: FieldMeta | undefined, sorts: readonly Sort[]): readonly Sort[] {
  const inGroups = sorts.find((sort) => sort.field === group?.name) ?? { field: group?.name ?? '', desc: false };
  return group === undefined ? sorts : [inGroups, ...sorts.filter((sort) => sort.field !== group.name)];
}

function definitionOf(shown: Omit<ListState, 'definition'>): ViewDefinition {
  const ofLayout = {
    list: shown.group?.name,
    board: shown.view.groupBy,
    calendar: shown.groupName,
    chart: shown.groupName,
  };
  const groupBy = ofLayout[shown.layout];
  return {
    kind: shown.layout,
    columns: shown.columns.map((field) => field.name),
    sort: [...shown.sorts],
    ...(shown.filter !== '' && { filter: shown.filter }),
    ...(groupBy !== undefined && { groupBy }),
    ...(Object.keys(shown.widths).length > 0 && { widths: { ...shown.widths } }),
    ...(shown.frozen > 1 && { frozen: shown.frozen }),
  };
}

type Change = ListState['change'];

function chosenLayout(entity: Entity, wanted: string | undefined): Layout {
  if (wanted === 'board') {
    return entity.stageField() === undefined ? 'list' : 'board';
  }
  return wanted === 'calendar' || wanted === 'chart' ? wanted : 'list';
}

function readState(
  model: Model,
  entity: Entity,
  params: URLSearchParams,
  kept: readonly SavedView[] | undefined,
): Omit<ListState, 'definition' | 'change' | 'setItems'> {
  const key = params.get('view');
  const saved = kept?.find((one) => one.id === key);
  const view = saved === undefined ? entity.view(key) : asView(saved);
  const filter = params.get('filter') ?? view.filter ?? '';
  const sorts = ordering(params, view);
  const layout = chosenLayout(entity, params.get('layout') ?? view.kind);
  const group = layout === 'list' ? chosenGroup(entity, view, params.get('group')) : undefined;
  return {
    view,
    saved,
    ready: kept !== undefined || key === null || view.key === key,
    changed: OF_THE_VIEW.some((name) => params.has(name)),
    group,
    widths: params.has('widths') ? readWidths(params.get('widths') ?? '') : (view.widths ?? {}),
    frozen: frozenColumns(params.get('frozen') ?? String(view.frozen ?? 1)),
    layout,
    groupName: params.get('group') || view.groupBy,
    filter,
    items: readFilter(model, entity, filter),
    sorts,
    orderby: orderBy(model, entity, withGroupFirst(group, sorts)),
    columns: chosenColumns(entity, view, params.get('columns')),
    search: params.get('q') ?? '',
    peek: params.get('peek') ?? undefined,
  };
}

function setItems(view: ViewMeta, change: Change) {
  return (items: readonly FilterItem[]) => {
    const next = writeFilter(items);
    change({ filter: next === (view.filter ?? '') ? undefined : next, peek: undefined });
  };
}

const NO_VIEWS: readonly SavedView[] = [];

/** Everything a list shows, read from the address; the view speaks where the address is silent. */
export function useListState(entity: Entity): ListState {
  const model = useModel();
  const [params, change] = useUrlParams();
  const { data, isError } = useSavedViews(entity);
  const kept = isError ? NO_VIEWS : data;
  return useMemo(() => {
    const read = readState(model, entity, params, kept);
    const state = { ...read, change, setItems: setItems(read.view, change) };
    return { ...state, definition: () => definitionOf(state) };
  }, [entity, model, params, change, kept]);
}

/** The levels without a field, or with it where it was; one that is new comes last. */
function withSort(sorts: readonly Sort[], next: Sort): Sort[] {
  return sorts.some((sort) => sort.field === next.field)
    ? sorts.map((sort) => (sort.field === next.field ? next : sort))
    : [...sorts, next].slice(-MOST_SORTS);
}

/** Clicking a header: ascending, descending, then as the view has it; with Shift beside what is sorted by already. */
export function nextSort(sorts: readonly Sort[], field: string, beside = false): string | undefined {
  const now = beside ? sorts.find((sort) => sort.field === field) : sorts.length === 1 ? sorts[0] : undefined;
  const same = now?.field === field ? now : undefined;
  if (!beside) {
    return same === undefined ? field : same.desc ? undefined : `-${field}`;
  }
  if (same?.desc) {
    const rest = sorts.filter((sort) => sort.field !== field);
    return rest.length === 0 ? undefined : writeSort(rest);
  }
  return writeSort(withSort(sorts, { field, desc: same !== undefined }));
}
