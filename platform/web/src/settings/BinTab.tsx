import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/client';
import type { Entity } from '../api/model';
import { restoreRecord } from '../api/records';
import { useFormat, useLabel, useModel, useSession, useUsers } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useUrlParams } from '../shell/url';
import { ErrorState, State, StateText } from '../ui/states';
import { useProblemText } from '../ui/useProblemText';
import classes from './settings.module.css';

interface Deleted {
  id: string;
  name: string;
  deletedAt: string;
  deletedBy: string;
  alongside: number;
}

interface DeletedPage {
  value: Deleted[];
  next?: string;
}

function DeletedRow({ entity, one, onRestored }: { entity: Entity; one: Deleted; onRestored: () => void }) {
  const t = useT();
  const format = useFormat();
  const users = useUsers();
  const problemText = useProblemText();
  const restore = () =>
    void restoreRecord(entity, one.id).then(
      () => {
        toasts.show({ text: t('settings.restored', { name: one.name }) });
        onRestored();
      },
      (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }),
    );
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <strong dir="auto">{one.name}</strong>
        <span className={classes.meta}>
          {users.get(one.deletedBy)?.displayName ?? t('history.system')} · {format.dateTime(one.deletedAt, true)}
          {one.alongside > 0 && ` · ${t('settings.alongside', { count: one.alongside })}`}
        </span>
      </div>
      <Button aria-label={`${t('settings.restore')}: ${one.name}`} onClick={restore}>
        {t('settings.restore')}
      </Button>
    </li>
  );
}

/** For how long deleted records are kept before they are purged. */
function Days() {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const { data } = useQuery({
    queryKey: ['deleted-days'],
    queryFn: ({ signal }) => call<{ deletedDays?: number | null }>('/api/v1/deleted', { signal }),
  });
  const [typed, setTyped] = useState<string>();
  if (data === undefined) {
    return null;
  }
  const days = typed ?? String(data.deletedDays ?? '');
  const save = (event: FormEvent) => {
    event.preventDefault();
    void call('/api/v1/deleted', { method: 'PUT', body: { deletedDays: days === '' ? null : Number(days) } }).then(
      async () => {
        await client.invalidateQueries({ queryKey: ['deleted-days'] });
        setTyped(undefined);
        toasts.show({ text: t('settings.saved') });
      },
      (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }),
    );
  };
  return (
    <form className={classes.inline} onSubmit={save}>
      <TextInput
        label={t('settings.days')}
        description={t('settings.daysHint')}
        inputMode="numeric"
        value={days}
        onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, ''))}
      />
      <Button type="submit" disabled={typed === undefined}>
        {t('action.save')}
      </Button>
    </form>
  );
}

/** What was deleted, to be brought back. */
export function BinTab() {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const { me } = useSession();
  const client = useQueryClient();
  const [params, setParams] = useUrlParams();
  const entity = model.set(params.get('set') ?? undefined) ?? model.entities[0];
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['deleted', entity?.setName],
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === '' ? '' : `?after=${encodeURIComponent(pageParam)}`;
      return call<DeletedPage>(`/api/v1/deleted/${entity?.setName}${after}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: entity !== undefined,
  });
  if (entity === undefined) {
    return null;
  }
  const records = data?.pages.flatMap((page) => page.value) ?? [];
  const restored = () => {
    void client.invalidateQueries({ queryKey: ['deleted'] });
    void client.invalidateQueries({ queryKey: ['records'] });
  };
  return (
    <>
      <div className={classes.bar}>
        <NativeSelect
          label={t('settings.binOf')}
          value={entity.setName}
          data={model.entities.map((one) => ({
            value: one.setName,
            label: label(one.meta.pluralLabel, one.setName),
          }))}
          onChange={(event) => setParams({ set: event.currentTarget.value }, 'replace')}
        />
        {me.role === 'administrator' && <Days />}
      </div>
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && records.length === 0 && (
        <State icon={<IconTrash size={22} stroke={1.6} aria-hidden="true" />} title={t('settings.binEmpty')}>
          <StateText>{t('settings.binEmptyText')}</StateText>
        </State>
      )}
      <ul className={classes.list} aria-label={t('settings.tab.bin')}>
        {records.map((one) => (
          <DeletedRow key={one.id} entity={entity} one={one} onRestored={restored} />
        ))}
      </ul>
      {hasNextPage && (
        <div className={classes.bar}>
          <Button onClick={() => void fetchNextPage()}>{t('action.showMore')}</Button>
        </div>
      )}
    </>
  );
}
