import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Entity } from './model';
import { createRecord, deleteRecord, patchRecord, restoreRecord } from './records';
import type { RecordData, Value } from './types';

export interface RecordActions {
  create(values: Record<string, Value>): Promise<RecordData>;
  patch(id: string, values: Record<string, Value>, etag: string | undefined): Promise<RecordData>;
  remove(id: string, etag: string | undefined): Promise<void>;
  restore(id: string): Promise<void>;
  refresh(): Promise<void>;
}

/** Writes on one entity; every list, board and record that could show the change asks again afterwards. */
export function useRecordActions(entity: Entity): RecordActions {
  const client = useQueryClient();
  const refresh = useCallback(() => client.invalidateQueries({ queryKey: ['records'] }), [client]);
  return useMemo(() => {
    const then = <T>(result: T): T => {
      void refresh();
      return result;
    };
    return {
      create: (values) => createRecord(entity, values).then(then),
      patch: (id, values, etag) => patchRecord(entity, id, values, etag).then(then),
      remove: async (id, etag) => {
        await deleteRecord(entity, id, etag);
        // What is open about the deleted record itself must not be asked for again: it is gone.
        const others = (query: { queryKey: readonly unknown[] }) => !query.queryKey.includes(id);
        void client.invalidateQueries({ queryKey: ['records'], predicate: others });
      },
      restore: (id) => restoreRecord(entity, id).then(then),
      refresh,
    };
  }, [client, entity, refresh]);
}
