import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import type { RecordData } from '../api/types';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { Kbd } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import classes from './list.module.css';
import type { Selection } from './useSelection';

const AT_ONCE = 4;

/** Runs the work a few at a time; answers what succeeded and the last reason for what did not. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>) {
  const done: T[] = [];
  const failures: unknown[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const part = items.slice(start, start + AT_ONCE);
    const results = await Promise.allSettled(part.map(work));
    results.forEach((result, index) => {
      if (result.status === 'fulfilled') {
        done.push(part[index] as T);
      } else {
        failures.push(result.reason);
      }
    });
  }
  return { done, failures };
}

function useDeleteMany(entity: Entity) {
  const t = useT();
  const actions = useRecordActions(entity);
  const problemText = useProblemText();
  return async (records: readonly RecordData[]) => {
    const { done, failures } = await each(records, (record) => actions.remove(record.id, record['@odata.etag']));
    if (failures.length > 0) {
      const reason = problemText(failures.at(-1));
      toasts.show({ text: t('list.deleteFailed', { count: failures.length, reason }), tone: 'bad' });
      return;
    }
    toasts.show({
      text: t('list.deleted', { count: done.length }),
      undo: () => void each(done, (record) => actions.restore(record.id)).then(() => actions.refresh()),
    });
  };
}

/** What can be done with the chosen rows; it docks above the totals and covers nothing. */
export function SelectionBar({ entity, selection }: { entity: Entity; selection: Selection }) {
  const t = useT();
  const deleteMany = useDeleteMany(entity);
  const [busy, setBusy] = useState(false);
  return (
    <div
      className={classes.selection}
      role="toolbar"
      aria-label={t('list.selected', { count: selection.chosen.length })}
    >
      <strong>{t('list.selected', { count: selection.chosen.length })}</strong>
      <Button
        loading={busy}
        leftSection={<IconTrash size={15} aria-hidden="true" className={classes.danger} />}
        onClick={() => {
          setBusy(true);
          void deleteMany(selection.chosen).finally(() => {
            setBusy(false);
            selection.clear();
          });
        }}
      >
        {t('action.delete')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        className={classes.clear ?? ''}
        onClick={selection.clear}
        rightSection={<Kbd>Esc</Kbd>}
      >
        {t('list.clearSelection')}
      </Button>
    </div>
  );
}
