import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Entity } from '../api/model';
import { all, literal, searchExpression } from '../api/odata';
import { listPage, type Page, totals } from '../api/records';
import { useModel } from '../api/session';
import type { FieldMeta, RecordData, Value } from '../api/types';
import type { ListState } from '../list/listState';

const PAGE = 20;

export interface BoardSetup {
  groupBy: FieldMeta;
  sum: FieldMeta | undefined;
  fields: readonly FieldMeta[];
  filter: string | undefined;
  orderby: string | undefined;
  search: string | undefined;
}

/** A list view shown as a board borrows the grouping, and the card's fields, of the entity's board view. */
export function useBoardSetup(entity: Entity, state: ListState, groupBy: FieldMeta): BoardSetup {
  const { filter, orderby, search, columns, view } = state;
  return useMemo(() => {
    const board = view.groupBy === undefined ? entity.views.find((other) => other.groupBy !== undefined) : view;
    const named = (board?.columns ?? []).map((name) => entity.field(name)).filter((field) => field !== undefined);
    const sum = board?.sum === undefined ? undefined : entity.field(board.sum);
    const fields = [...(named.length > 0 ? named : columns), groupBy, ...(sum === undefined ? [] : [sum])];
    return {
      groupBy,
      sum,
      fields: [...new Set(fields)],
      filter: filter === '' ? undefined : filter,
      orderby,
      search: searchExpression(search),
    };
  }, [entity, view, filter, orderby, search, columns, groupBy]);
}

export function columnFilter(setup: BoardSetup, value: Value): string | undefined {
  const { groupBy } = setup;
  const own = `${groupBy.property} eq ${value === null ? 'null' : literal(groupBy.type, String(value))}`;
  return all(own, setup.filter);
}

export function columnKey(entity: Entity, setup: BoardSetup, value: Value) {
  const { filter, orderby, search, fields } = setup;
  const names = fields.map((field) => field.name);
  return ['records', entity.setName, 'board', { filter, orderby, search, names }, value];
}

export function useColumn(entity: Entity, setup: BoardSetup, value: Value) {
  const model = useModel();
  const query = useInfiniteQuery({
    queryKey: columnKey(entity, setup, value),
    queryFn: ({ pageParam, signal }) =>
      listPage(
        model,
        entity,
        {
          fields: setup.fields,
          filter: columnFilter(setup, value),
          orderby: setup.orderby,
          search: setup.search,
          pageSize: PAGE,
        },
        pageParam,
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page) => last.next,
    placeholderData: keepPreviousData,
  });
  const records = useMemo<RecordData[]>(() => query.data?.pages.flatMap((page) => page.records) ?? [], [query.data]);
  return { ...query, records, count: query.data?.pages[0]?.count };
}

export interface ColumnTotals {
  count: number;
  sum: number | undefined;
}

export const totalsKey = (entity: Entity, setup: BoardSetup) => [
  'records',
  entity.setName,
  'boardTotals',
  setup.filter,
  setup.search,
  setup.groupBy.name,
];

/** Counts and sums by column over everything that matches, not over the cards loaded. */
export function useColumnTotals(entity: Entity, setup: BoardSetup): ReadonlyMap<Value, ColumnTotals> | undefined {
  const { data } = useQuery({
    queryKey: totalsKey(entity, setup),
    queryFn: ({ signal }) => totals(entity, setup, signal),
    placeholderData: keepPreviousData,
  });
  return useMemo(() => data && new Map(data.map((row) => [row.group, { count: row.count, sum: row.sum }])), [data]);
}
