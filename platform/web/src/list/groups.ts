import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Entity } from '../api/model';
import { searchExpression } from '../api/odata';
import { type Totals, totals } from '../api/records';
import type { FieldMeta, RecordData } from '../api/types';
import type { ListState } from './listState';

/** What stands in a line of the list: a record, or the head of the group that begins here. */
export type Line =
  | { kind: 'row'; index: number }
  | { kind: 'group'; record: RecordData; value: unknown; totals: Totals | undefined };

const same = (one: unknown, other: unknown) => String(one ?? '') === String(other ?? '');

/** The rows come in the group's order; a head stands wherever the value changes. */
export function linesOf(
  records: readonly RecordData[],
  group: FieldMeta | undefined,
  figures: readonly Totals[],
): Line[] {
  return records.flatMap((record, index): Line[] => {
    const row: Line = { kind: 'row', index };
    if (group === undefined) {
      return [row];
    }
    const value = record[group.property];
    const before = records[index - 1];
    if (before !== undefined && same(before[group.property], value)) {
      return [row];
    }
    return [{ kind: 'group', record, value, totals: figures.find((one) => same(one.group, value)) }, row];
  });
}

const NONE: readonly Totals[] = [];

/** The lines, with each group's count and sum over all that match, not over what is loaded. */
export function useLines(
  entity: Entity,
  state: ListState,
  records: readonly RecordData[],
  sum: FieldMeta | undefined,
): readonly Line[] {
  const { group } = state;
  const filter = state.filter === '' ? undefined : state.filter;
  const search = searchExpression(state.search);
  const { data = NONE } = useQuery({
    queryKey: ['records', entity.setName, 'groups', group?.name, filter, search, sum?.name],
    queryFn: ({ signal }) => totals(entity, { filter, search, sum, groupBy: group }, signal),
    enabled: group !== undefined,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => linesOf(records, group, data), [records, group, data]);
}
