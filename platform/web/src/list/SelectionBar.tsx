import { Button, Group, Modal, Progress } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { useFormat } from '../api/session';
import type { RecordData } from '../api/types';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { Kbd } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import { EVERYTHING } from './bulk';
import classes from './list.module.css';
import type { ListState } from './listState';
import { type Running, useBulk } from './useBulk';
import type { Selection } from './useSelection';

const BulkEditDialog = lazy(() => import('./BulkEditDialog'));

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

interface BarProps {
  entity: Entity;
  state: ListState;
  count: number | undefined;
  selection: Selection;
}

function Working({ running }: { running: Running }) {
  const t = useT();
  const format = useFormat();
  const share = running.total === 0 ? 0 : (100 * running.done) / running.total;
  return (
    <>
      <strong>{t(running.text)}</strong>
      <Progress className={classes.progress ?? ''} value={share} aria-label={t(running.text)} />
      <span role="status">
        {t('bulk.progress', { done: format.number(running.done), total: format.number(running.total) })}
      </span>
      <Button onClick={running.stop}>{t('bulk.stop')}</Button>
    </>
  );
}

/** What can be done with the chosen rows; it docks above the totals and covers nothing. */
export function SelectionBar({ entity, state, count, selection }: BarProps) {
  const t = useT();
  const deleteMany = useDeleteMany(entity);
  const bulk = useBulk(entity);
  const [busy, setBusy] = useState(false);
  const [dialog, setDialog] = useState<'edit' | 'delete'>();
  const { chosen, matching } = selection;
  const filter = state.filter === '' ? EVERYTHING : state.filter;
  const total = matching ? (count ?? chosen.length) : chosen.length;
  const text = matching ? t('list.matching', { count: total }) : t('list.selected', { count: total });
  const more = selection.all && !matching && count !== undefined && count > chosen.length && state.search === '';
  const remove = () => {
    if (matching) {
      setDialog('delete');
      return;
    }
    setBusy(true);
    void deleteMany(chosen).finally(() => {
      setBusy(false);
      selection.clear();
    });
  };
  if (bulk.running !== undefined) {
    return (
      <div className={classes.selection} role="toolbar" aria-label={t(bulk.running.text)}>
        <Working running={bulk.running} />
      </div>
    );
  }
  return (
    <div className={classes.selection} role="toolbar" aria-label={text}>
      <strong>{text}</strong>
      {more && (
        <Button variant="subtle" onClick={selection.selectMatching}>
          {t('list.selectMatching', { count })}
        </Button>
      )}
      <Button leftSection={<IconPencil size={15} aria-hidden="true" />} onClick={() => setDialog('edit')}>
        {t('bulk.edit')}
      </Button>
      <Button
        loading={busy}
        leftSection={<IconTrash size={15} aria-hidden="true" className={classes.danger} />}
        onClick={remove}
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
      <Suspense>
        {dialog === 'edit' && (
          <BulkEditDialog
            entity={entity}
            count={total}
            onClose={() => setDialog(undefined)}
            onApply={(field, value) => {
              setDialog(undefined);
              const target = matching ? { filter, count: total } : { ids: chosen.map((record) => record.id) };
              void bulk.update(target, field, value);
            }}
          />
        )}
      </Suspense>
      {dialog === 'delete' && (
        <Modal
          opened
          onClose={() => setDialog(undefined)}
          title={t('bulk.deleteTitle', { count: total })}
          closeButtonProps={{ 'aria-label': t('action.close') }}
        >
          <p className={classes.dialogText}>{t('bulk.deleteText')}</p>
          <Group justify="flex-end" gap="xs">
            <Button data-autofocus onClick={() => setDialog(undefined)}>
              {t('action.cancel')}
            </Button>
            <Button
              variant="filled"
              color="bad"
              onClick={() => {
                setDialog(undefined);
                void bulk.remove(filter);
              }}
            >
              {t('action.delete')}
            </Button>
          </Group>
        </Modal>
      )}
    </div>
  );
}
