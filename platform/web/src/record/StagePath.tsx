import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { recordName } from '../api/records';
import { useLabel } from '../api/session';
import type { FieldMeta, RecordData, Value } from '../api/types';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { activeOptions, stagePlace } from '../ui/stage';
import { useProblemText } from '../ui/useProblemText';
import { ConflictDialog } from './ConflictDialog';
import classes from './record.module.css';
import { useSave } from './useSave';

interface PathProps {
  entity: Entity;
  field: FieldMeta;
  record: RecordData;
  compact?: boolean;
}

type Place = 'done' | 'current' | 'ahead';

/** Open stages before the current one are done; of the two ends only the one reached is lit. */
function placeOf(field: FieldMeta, value: unknown, index: number, current: number): Place {
  if (index === current) {
    return 'current';
  }
  const option = activeOptions(field)[index];
  return index < current && stagePlace(field, option?.value).kind === 'open' && value !== null ? 'done' : 'ahead';
}

/** Where the record is on its way, and the way to move it on. */
export function StagePath({ entity, field, record, compact = false }: PathProps) {
  const t = useT();
  const label = useLabel();
  const problemText = useProblemText();
  const actions = useRecordActions(entity);
  const { save, conflict } = useSave(entity, record);
  const [moving, setMoving] = useState<string>();
  const value = moving ?? record[field.property];
  const options = activeOptions(field);
  const current = options.findIndex((option) => option.value === value);
  const from = (record[field.property] ?? null) as Value;
  const putBack = (etag: string | undefined) =>
    actions
      .patch(record.id, { [field.property]: from }, etag)
      .catch((error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }));
  const move = async (to: string, column: string) => {
    setMoving(to);
    try {
      const saved = await save({ [field.property]: to });
      if (saved !== undefined) {
        const text = t('board.moved', { name: recordName(entity, record), column });
        toasts.show({ text, undo: () => void putBack(saved['@odata.etag']) });
      }
    } catch (error) {
      toasts.show({ text: problemText(error), tone: 'bad' });
    } finally {
      setMoving(undefined);
    }
  };
  return (
    <>
      <ol
        className={compact ? classes.pathCompact : classes.path}
        aria-label={t('record.stage', { name: label(field.label, field.name) })}
      >
        {options.map((option, index) => {
          const name = label(option.label, option.value);
          const place = placeOf(field, value, index, current);
          return (
            <li key={option.value} data-place={place} data-kind={stagePlace(field, option.value).kind}>
              <button
                type="button"
                aria-current={place === 'current' ? 'step' : undefined}
                aria-label={place === 'current' ? name : t('record.moveTo', { name })}
                disabled={place === 'current' || moving !== undefined || (field.readOnly ?? false)}
                onClick={() => void move(option.value, name)}
              >
                {place === 'done' && !compact && <IconCheck size={14} aria-hidden="true" />}
                <span className={classes.pathName}>{name}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {conflict !== undefined && <ConflictDialog entity={entity} conflict={conflict} />}
    </>
  );
}
