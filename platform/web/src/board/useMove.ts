import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { recordName } from '../api/records';
import type { RecordData, Value } from '../api/types';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';
import type { BoardSetup } from './useBoard';

/** A card on its way: shown in the column it goes to until the server has answered. */
export interface Moving {
  record: RecordData;
  from: Value;
  to: Value;
}

export interface Mover {
  moving: readonly Moving[];
  move: (record: RecordData, to: Value) => Promise<void>;
}

/** Moves cards at once and asks the server behind; a refused card goes back and says why. */
export function useMove(entity: Entity, setup: BoardSetup, columnName: (value: Value) => string): Mover {
  const t = useT();
  const client = useQueryClient();
  const actions = useRecordActions(entity);
  const problemText = useProblemText();
  const [moving, setMoving] = useState<readonly Moving[]>([]);
  const property = setup.groupBy.property;

  const put = useCallback(
    async (record: RecordData, to: Value): Promise<RecordData | undefined> => {
      const from = (record[property] ?? null) as Value;
      const step: Moving = { record: { ...record, [property]: to }, from, to };
      setMoving((before) => [...before, step]);
      try {
        const saved = await actions.patch(record.id, { [property]: to }, record['@odata.etag']);
        await client.refetchQueries({ queryKey: ['records', entity.setName], type: 'active' });
        return saved;
      } catch (error) {
        const text = t('board.moveFailed', { name: recordName(entity, record), reason: problemText(error) });
        toasts.show({ text, tone: 'bad' });
        await actions.refresh();
        return undefined;
      } finally {
        setMoving((before) => before.filter((other) => other !== step));
      }
    },
    [actions, client, entity, problemText, property, t],
  );

  const move = useCallback(
    async (record: RecordData, to: Value) => {
      const from = (record[property] ?? null) as Value;
      if (from === to) {
        return;
      }
      const saved = await put(record, to);
      if (saved !== undefined) {
        const text = t('board.moved', { name: recordName(entity, record), column: columnName(to) });
        toasts.show({ text, undo: () => void put({ ...record, ...saved }, from) });
      }
    },
    [columnName, entity, property, put, t],
  );
  return { moving, move };
}
