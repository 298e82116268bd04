import { useRef, useState } from 'react';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { useSession } from '../api/session';
import type { FieldMeta, Value } from '../api/types';
import { useT } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';
import {
  type Change,
  deletedBy,
  MOST_UNDONE,
  type Progress,
  runJob,
  sizeOf,
  type Target,
  valuesBefore,
  writeMany,
} from './bulk';

export interface Running extends Progress {
  text: MessageKey;
  stop: () => void;
}

export interface Bulk {
  running: Running | undefined;
  update: (target: Target, field: FieldMeta, value: Value) => Promise<void>;
  /** Deletes all that match. */
  remove: (filter: string) => Promise<void>;
}

/** Changes to many records: each shows how far it is, can be stopped, says what became of it, and is undone where possible. */
export function useBulk(entity: Entity): Bulk {
  const t = useT();
  const { me } = useSession();
  const { refresh } = useRecordActions(entity);
  const problemText = useProblemText();
  const [running, setRunning] = useState<Running>();
  const stop = useRef<AbortController>(undefined);

  const run = async (
    text: MessageKey,
    work: (stop: AbortSignal, on: (progress: Progress) => void) => Promise<void>,
  ) => {
    const control = new AbortController();
    stop.current = control;
    const on = (progress: Progress) => setRunning({ ...progress, text, stop: () => control.abort() });
    on({ done: 0, total: 0 });
    try {
      await work(control.signal, on);
    } catch (error) {
      toasts.show({ text: problemText(error), tone: 'bad' });
    } finally {
      setRunning(undefined);
      await refresh();
    }
  };

  const told = (count: number, refused: number, reason: string | undefined, undo: (() => void) | undefined) => {
    const changed = t('bulk.updated', { count });
    const left = refused > 0 ? ` ${t('bulk.failed', { count: refused, reason: reason ?? '' })}` : '';
    toasts.show({ text: changed + left, tone: refused > 0 ? 'bad' : 'plain', ...(undo !== undefined && { undo }) });
  };

  const write = (field: FieldMeta, changes: () => Promise<readonly Change[]>, undoable: boolean): Promise<void> =>
    run('bulk.updating', async (signal, on) => {
      const { written, refused, reason } = await writeMany(entity, field, await changes(), signal, on);
      const back = written.map(({ id, version, before }) => ({ id, version, value: before, before }));
      const undo = () => void write(field, async () => back, false);
      told(written.length, refused, reason, undoable && written.length > 0 ? undo : undefined);
    });

  const update = (target: Target, field: FieldMeta, value: Value) =>
    'filter' in target && sizeOf(target) > MOST_UNDONE
      ? run('bulk.updating', async (signal, on) => {
          const values = { [field.property]: value };
          const job = await runJob(entity, { kind: 'update', filter: target.filter, values }, signal, on);
          told(job.updated, job.rejected, undefined, undefined);
        })
      : write(
          field,
          async () =>
            (await valuesBefore(entity, target, field)).map((record) => ({
              id: record.id,
              value,
              before: (record[field.property] ?? null) as Value,
            })),
          true,
        );

  const remove = (filter: string) =>
    run('bulk.deleting', async (signal, on) => {
      const job = await runJob(entity, { kind: 'delete', filter }, signal, on);
      const restore = () =>
        run('bulk.restoring', async (again, progress) => {
          await runJob(entity, { kind: 'restore', filter: deletedBy(job, filter, me.user.id) }, again, progress);
        });
      toasts.show({ text: t('list.deleted', { count: job.deleted }), undo: () => void restore() });
    });

  return { running, update, remove };
}
