import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Entity } from '../api/model';
import { searchExpression } from '../api/odata';
import { listPage, type Page, totals } from '../api/records';
import { useModel } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import type { ListState } from './listState';

/** Where a record page finds its neighbours and its way back. */
export interface Trail {
  ids: readonly string[];
  count: number | undefined;
  search: string;
  title: string;
}

export const trailKey = (entity: Entity) => ['trail', entity.setName];

export function useRows(entity: Entity, state: ListState) {
  const model = useModel();
  const { filter, orderby, search, columns } = state;
  const query = useInfiniteQuery({
    queryKey: ['records', entity.setName, 'list', { filter, orderby, search, columns: columns.map((c) => c.name) }],
    queryFn: ({ pageParam, signal }) =>
      listPage(
        model,
        entity,
        { fields: columns, filter: filter || undefined, orderby, search: searchExpression(search) },
        pageParam,
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page) => last.next,
    placeholderData: keepPreviousData,
  });
  const records = useMemo<RecordData[]>(() => query.data?.pages.flatMap((page) => page.records) ?? [], [query.data]);
  const count = query.data?.pages[0]?.count;
  return { ...query, records, count };
}

/** The sum over the whole result, not over what happens to be loaded. */
export function useSum(entity: Entity, state: ListState, field: FieldMeta | undefined): number | undefined {
  const filter = state.filter === '' ? undefined : state.filter;
  const search = searchExpression(state.search);
  const { data } = useQuery({
    queryKey: ['records', entity.setName, 'sum', filter, search, field?.name],
    queryFn: ({ signal }) => totals(entity, { filter, search, sum: field }, signal),
    enabled: field !== undefined,
    placeholderData: keepPreviousData,
  });
  return data?.[0]?.sum;
}

export function useLeaveTrail(entity: Entity, trail: Trail): void {
  const client = useQueryClient();
  useEffect(() => {
    client.setQueryData(trailKey(entity), trail);
  }, [client, entity, trail]);
}
