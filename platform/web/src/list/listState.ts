import { useMemo } from 'react';
import type { Entity, Model } from '../api/model';
import { sortPath } from '../api/odata';
import { useModel } from '../api/session';
import type { FieldMeta, ViewMeta } from '../api/types';
import { type ParamChanges, useUrlParams } from '../shell/url';
import { type FilterItem, readFilter, writeFilter } from './filter/conditions';

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

export interface ListState {
  view: ViewMeta;
  layout: 'list' | 'board';
  filter: string;
  items: readonly FilterItem[];
  sorts: readonly Sort[];
  orderby: string | undefined;
  columns: readonly FieldMeta[];
  search: string;
  peek: string | undefined;
  change: (changes: ParamChanges, how?: 'push' | 'replace') => void;
  setItems: (items: readonly FilterItem[]) => void;
}

function chosenColumns(entity: Entity, view: ViewMeta, chosen: string | null): FieldMeta[] {
  const names = chosen === null ? view.columns : chosen.split(',');
  const fields = names.map((name) => entity.field(name)).filter((field) => field !== undefined);
  return [entity.nameField, ...fields.filter((field) => field.name !== entity.nameField.name)];
}

/** Everything a list shows, read from the address; the view speaks where the address is silent. */
export function useListState(entity: Entity): ListState {
  const model = useModel();
  const [params, change] = useUrlParams();
  return useMemo(() => {
    const view = entity.view(params.get('view'));
    const filter = params.get('filter') ?? view.filter ?? '';
    const named = (view.sort ?? []).map((sort) => ({ field: sort.field, desc: sort.desc ?? false }));
    const sorts = params.has('sort') ? readSort(params.get('sort') ?? '') : named;
    const boardable = entity.stageField() !== undefined;
    const wanted = params.get('layout') ?? view.kind ?? 'list';
    return {
      view,
      layout: wanted === 'board' && boardable ? 'board' : 'list',
      filter,
      items: readFilter(model, entity, filter),
      sorts,
      orderby: orderBy(model, entity, sorts),
      columns: chosenColumns(entity, view, params.get('columns')),
      search: params.get('q') ?? '',
      peek: params.get('peek') ?? undefined,
      change,
      setItems: (items) => {
        const next = writeFilter(items);
        change({ filter: next === (view.filter ?? '') ? undefined : next, peek: undefined });
      },
    };
  }, [entity, model, params, change]);
}

/** Clicking a header: ascending, descending, then as the view has it. */
export function nextSort(sorts: readonly Sort[], field: string): string | undefined {
  const [first] = sorts;
  if (first?.field !== field) {
    return field;
  }
  return first.desc ? undefined : `-${field}`;
}
