import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { ApiProblem } from '../api/problem';
import { getRecord } from '../api/records';
import { useModel } from '../api/session';
import type { RecordData, Value } from '../api/types';
import { type Clash, clashes } from './conflict';
import { recordKey } from './useRecord';

export interface Conflict {
  clashes: readonly Clash[];
  mine: Record<string, Value>;
  theirs: RecordData;
  /** Saves what was chosen on top of their version, or gives up on null. */
  settle: (chosen: Record<string, Value> | null) => void;
}

/** Answers the record as saved, or nothing when the person kept the other version. */
export type Save = (changes: Record<string, Value>) => Promise<RecordData | undefined>;

/**
 * Saves changes to a record. When somebody saved first, changes that do not clash are laid over theirs; where they do,
 * the person chooses, and the save goes on or is given up.
 */
export function useSave(entity: Entity, record: RecordData): { save: Save; conflict: Conflict | undefined } {
  const model = useModel();
  const client = useQueryClient();
  const actions = useRecordActions(entity);
  const [conflict, setConflict] = useState<Conflict>();

  const choose = useCallback(
    (found: Omit<Conflict, 'settle'>) =>
      new Promise<Record<string, Value> | null>((resolve) => {
        const settle = (chosen: Record<string, Value> | null) => {
          setConflict(undefined);
          resolve(chosen);
        };
        setConflict({ ...found, settle });
      }),
    [],
  );

  const save: Save = useCallback(
    async (changes) => {
      let base = record;
      let mine: Record<string, Value> = changes;
      while (Object.keys(mine).length > 0) {
        try {
          return await actions.patch(record.id, mine, base['@odata.etag']);
        } catch (error) {
          if (!(error instanceof ApiProblem) || error.status !== 412) {
            throw error;
          }
          const theirs = await getRecord(model, entity, record.id);
          const found = clashes(base, mine, theirs);
          const chosen = found.length === 0 ? mine : await choose({ clashes: found, mine, theirs });
          base = theirs;
          mine = chosen ?? {};
        }
      }
      await client.invalidateQueries({ queryKey: recordKey(entity, record.id) });
      return undefined;
    },
    [actions, choose, client, entity, model, record],
  );
  return { save, conflict };
}
