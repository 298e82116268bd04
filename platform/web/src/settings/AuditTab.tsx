import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call } from '../api/client';
import { useFormat, useLabel, useModel, useSession, useUsers } from '../api/session';
import { DayInput } from '../form/input/DateInputs';
import { labelled } from '../form/input/labelled';
import { isMessage, useT } from '../i18n';
import { wayOf } from '../record/wayOf';
import { toasts } from '../shell/toast';
import { useUrlParams } from '../shell/url';
import { ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import classes from './settings.module.css';
import { useDeviceName } from './useDeviceName';

interface Act {
  id: string;
  at: string;
  actor: string;
  origin: string;
  cause?: string;
  entity: string;
  record: string;
  action: string;
  changes: { field: string; new?: unknown; way?: string; condition?: boolean; records?: number }[];
}

interface ActPage {
  value: Act[];
  next?: string;
}

interface Verdict {
  whole: boolean;
  seals: number;
  entries: number;
  newest?: { at: string };
  broken: { number: number; at: string }[];
}

const ACTIONS = [
  'create',
  'update',
  'delete',
  'restore',
  'read',
  'erase',
  'hold',
  'release',
  'consent',
  'withdraw',
  'expire',
  'export',
  'sign-in',
  'sign-out',
] as const;
const FILTERS = ['from', 'to', 'actor', 'action', 'cause', 'record'] as const;

/** For how long the trail is kept. */
function Months() {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const { data } = useQuery({
    queryKey: ['audit-months'],
    queryFn: ({ signal }) => call<{ auditMonths?: number | null }>('/api/v1/audit/retention', { signal }),
  });
  const [typed, setTyped] = useState<string>();
  if (data === undefined) {
    return null;
  }
  const months = typed ?? String(data.auditMonths ?? '');
  const save = (event: FormEvent) => {
    event.preventDefault();
    const body = { auditMonths: months === '' ? null : Number(months) };
    void call('/api/v1/audit/retention', { method: 'PUT', body }).then(
      async () => {
        await client.invalidateQueries({ queryKey: ['audit-months'] });
        setTyped(undefined);
        toasts.show({ text: t('settings.saved') });
      },
      (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }),
    );
  };
  return (
    <form className={classes.inline} onSubmit={save}>
      <TextInput
        label={t('settings.months')}
        description={t('settings.monthsHint')}
        inputMode="numeric"
        value={months}
        onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, '').slice(0, 4))}
      />
      <Button type="submit" disabled={typed === undefined}>
        {t('action.save')}
      </Button>
    </form>
  );
}

/** Whether the trail is as it was written. */
function Verification() {
  const t = useT();
  const format = useFormat();
  const problemText = useProblemText();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => call<Verdict>('/api/v1/audit/seals'),
  });
  return (
    <div className={classes.verdict} data-whole={data?.whole}>
      <Button loading={isPending} onClick={() => mutate()}>
        {t('settings.verify')}
      </Button>
      <span role="status" className={classes.verdictText}>
        {error !== null && problemText(error)}
        {data?.whole === true && (
          <>
            <IconShieldCheck size={18} stroke={1.6} aria-hidden="true" />
            {t('settings.whole', { count: data.entries, seals: format.number(data.seals) })}
          </>
        )}
        {data?.whole === false && (
          <>
            <IconShieldX size={18} stroke={1.6} aria-hidden="true" />
            {t('settings.broken', { numbers: data.broken.map((seal) => seal.number).join(', ') })}
          </>
        )}
      </span>
    </div>
  );
}

/** What a record is called in an entry about many. */
const MANY = '00000000-0000-0000-0000-000000000000';

/** Of a sensitive field: how it was read, and of how many records. */
function reading(act: Act, t: ReturnType<typeof useT>): string[] {
  const [first] = act.changes;
  if (act.action !== 'read' || first === undefined) {
    return [];
  }
  const way = `settings.way.${first.way}`;
  return [
    ...(isMessage(way) ? [t(way)] : []),
    ...(first.condition === true ? [t('settings.readBy')] : []),
    ...(act.record === MANY ? [t('settings.readOf', { count: first.records ?? 0 })] : []),
  ];
}

function ActRow({ act }: { act: Act }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const users = useUsers();
  const deviceName = useDeviceName();
  const entity = useModel().entity(act.entity);
  const action = `settings.action.${act.action}`;
  const origin = `history.origin.${wayOf(act)}`;
  const other = `settings.auditOf.${act.entity}`;
  // Of a sign-in, from where it came, and which was ended from there; of anything else, what was changed.
  const said = (field: string) => act.changes.find((change) => change.field === field)?.new as string | undefined;
  const from = (address = '', agent: string | undefined) =>
    [address, deviceName(agent)].filter((fact) => fact !== '').join(', ');
  const details =
    act.entity === 'session'
      ? [
          from(said('address'), said('agent')),
          ...(act.changes.some((change) => change.field.startsWith('ended'))
            ? [t('settings.endedThere', { facts: from(said('endedAddress'), said('endedAgent')) })]
            : []),
        ]
      : [...act.changes.map((change) => label(entity?.field(change.field)?.label, change.field)), ...reading(act, t)];
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span>
          <strong>{users.get(act.actor)?.displayName ?? t('settings.unknownActor')}</strong>{' '}
          <Tag>{isMessage(action) ? t(action) : act.action}</Tag>{' '}
          {entity === undefined ? (
            isMessage(other) && t(other)
          ) : act.record === MANY ? (
            label(entity.meta.pluralLabel, entity.setName)
          ) : (
            <Link className="rl-link" to={`/${entity.setName}/${act.record}/history`}>
              {label(entity.meta.label, entity.name)}
            </Link>
          )}
        </span>
        <span className={classes.meta}>
          {format.dateTime(act.at)} · {isMessage(origin) ? t(origin) : act.origin}
          {act.cause !== undefined && act.cause !== null && ` · ${act.cause}`}
        </span>
        {details.length > 0 && <span className={classes.meta}>{details.join(', ')}</span>}
      </div>
    </li>
  );
}

/** All that happened in the tenant, to be searched. */
export function AuditTab() {
  const t = useT();
  const users = useUsers();
  const { me } = useSession();
  const [params, setParams] = useUrlParams();
  const asked = FILTERS.map((name) => [name, params.get(name) ?? ''] as const).filter(([, value]) => value !== '');
  const query = asked.map(([name, value]): [string, string] => {
    // A day begins and ends where the person is.
    const day = name === 'from' ? 'T00:00:00' : name === 'to' ? 'T23:59:59' : undefined;
    return [name, day === undefined ? value : new Date(value + day).toISOString()];
  });
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam, signal }) => {
      const all = new URLSearchParams(pageParam === '' ? query : [...query, ['after', pageParam]]);
      return call<ActPage>(`/api/v1/audit?${all}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    retry: false,
  });
  const set = (name: (typeof FILTERS)[number], value: string) =>
    setParams({ [name]: value === '' ? undefined : value }, 'replace');
  const text = (name: 'cause' | 'record') => (
    <TextInput
      label={t(`settings.audit.${name}`)}
      value={params.get(name) ?? ''}
      onChange={(event) => set(name, event.currentTarget.value.trim())}
    />
  );
  const day = (name: 'from' | 'to') => (
    <DayInput
      field={labelled(name, 'date', t(`settings.audit.${name}`))}
      value={params.get(name) ?? ''}
      onChange={(value) => set(name, value)}
    />
  );
  const acts = data?.pages.flatMap((page) => page.value) ?? [];
  const people = [...users.values()].map((user) => ({ value: user.id, label: user.displayName }));
  return (
    <>
      <Verification />
      <div className={classes.bar}>
        <Months />
      </div>
      <div className={classes.filters} role="search" aria-label={t('settings.tab.audit')}>
        {day('from')}
        {day('to')}
        <NativeSelect
          label={t('settings.audit.actor')}
          value={params.get('actor') ?? ''}
          data={[
            { value: '', label: t('settings.anybody') },
            ...(users.has(me.user.id) ? people : [...people, { value: me.user.id, label: me.user.displayName }]),
          ]}
          onChange={(event) => set('actor', event.currentTarget.value)}
        />
        <NativeSelect
          label={t('settings.audit.action')}
          value={params.get('action') ?? ''}
          data={[
            { value: '', label: t('settings.anything') },
            ...ACTIONS.map((action) => ({ value: action, label: t(`settings.action.${action}`) })),
          ]}
          onChange={(event) => set('action', event.currentTarget.value)}
        />
        {text('record')}
        {text('cause')}
      </div>
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && acts.length === 0 && <p className={classes.hint}>{t('settings.noActs')}</p>}
      <ul className={classes.list} aria-label={t('settings.tab.audit')}>
        {acts.map((act) => (
          <ActRow key={act.id} act={act} />
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
