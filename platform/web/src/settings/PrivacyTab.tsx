import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload, IconUserSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { useFormat, useLabel, useModel, useUsers } from '../api/session';
import { isMessage, useT } from '../i18n';
import { JobState } from '../import/JobState';
import { toasts } from '../shell/toast';
import { useUrlParams } from '../shell/url';
import { ErrorState, State, StateText } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import { Erasure } from './Erasure';
import {
  type Finding,
  findPerson,
  forgetRequest,
  getRequest,
  KINDS,
  listFindings,
  listRequests,
  type PersonRequest,
  packPerson,
  textsOf,
  wishText,
} from './persons';
import classes from './settings.module.css';
import { isOpen, useJobEnd } from './useJobEnd';

const POLL_MS = 1000;

/** Who is looked for: by name, address, number, or a record that somebody came from. */
function Search({ onFound }: { onFound: (id: string) => void }) {
  const t = useT();
  const problemText = useProblemText();
  const [params] = useUrlParams();
  const [names, setNames] = useState('');
  const [emails, setEmails] = useState('');
  const [phones, setPhones] = useState('');
  const entity = params.get('entity');
  const id = params.get('of');
  const record = entity !== null && id !== null ? { entity, id } : undefined;
  const nothing = record === undefined && [names, emails, phones].every((typed) => textsOf(typed) === undefined);
  const find = (event: FormEvent) => {
    event.preventDefault();
    void findPerson({
      ...(record !== undefined && { record }),
      names: textsOf(names) ?? [],
      emails: textsOf(emails) ?? [],
      phones: textsOf(phones) ?? [],
    }).then(onFound, (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }));
  };
  return (
    <form className={classes.filters} onSubmit={find} aria-label={t('privacy.find')}>
      {record !== undefined && <p className={classes.hint}>{t('privacy.byRecord')}</p>}
      <TextInput label={t('privacy.names')} value={names} onChange={(event) => setNames(event.currentTarget.value)} />
      <TextInput
        label={t('privacy.emails')}
        value={emails}
        onChange={(event) => setEmails(event.currentTarget.value)}
      />
      <TextInput
        label={t('privacy.phones')}
        value={phones}
        onChange={(event) => setPhones(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" disabled={nothing}>
        {t('privacy.find')}
      </Button>
    </form>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const t = useT();
  const label = useLabel();
  const entity = useModel().entity(finding.entity);
  const other = `settings.auditOf.${finding.entity}`;
  const title =
    entity === undefined ? (isMessage(other) ? t(other) : finding.entity) : label(entity.meta.label, entity.name);
  const name = finding.name ?? finding.file ?? '';
  const field = finding.field === undefined ? undefined : label(entity?.field(finding.field)?.label, finding.field);
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span dir="auto">
          {finding.set !== undefined && finding.name !== undefined && finding.deleted !== true ? (
            <Link className="rl-link" to={`/${finding.set}/${finding.record}`}>
              {name === '' ? title : name}
            </Link>
          ) : (
            <strong>{name === '' ? title : name}</strong>
          )}{' '}
          {finding.deleted === true && <Tag>{t('settings.action.delete')}</Tag>}
        </span>
        <span className={classes.meta}>
          {[
            title,
            ...(field === undefined ? [] : [field]),
            ...(finding.entries === undefined ? [] : [t('privacy.entries', { count: finding.entries })]),
          ].join(' · ')}
        </span>
      </div>
    </li>
  );
}

function Findings({ request, kind }: { request: PersonRequest; kind: (typeof KINDS)[number] }) {
  const t = useT();
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['persons', request.id, 'findings', kind, request.state],
    queryFn: ({ pageParam, signal }) => listFindings(request.id, kind, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const records = (request.counts ?? []).filter((one) => one.kind === kind).reduce((sum, one) => sum + one.records, 0);
  if (records === 0) {
    return null;
  }
  const found = data?.pages.flatMap((page) => page.value) ?? [];
  return (
    <section aria-label={t(`privacy.kind.${kind}`)}>
      <h2 className={classes.subtitle}>
        {t(`privacy.kind.${kind}`)} <Tag>{String(records)}</Tag>
      </h2>
      {error !== null && <ErrorState error={error} />}
      <ul className={classes.list}>
        {found.map((one) => (
          <FindingRow key={`${one.entity} ${one.record} ${one.field ?? ''}`} finding={one} />
        ))}
      </ul>
      {hasNextPage && (
        <div className={classes.bar}>
          <Button onClick={() => void fetchNextPage()}>{t('action.showMore')}</Button>
        </div>
      )}
    </section>
  );
}

/** All that was found as one file, in the person's language. */
function Package({ request, onChanged }: { request: PersonRequest; onChanged: () => void }) {
  const t = useT();
  const format = useFormat();
  const problemText = useProblemText();
  const [language, setLanguage] = useState('en');
  const [running, watch] = useJobEnd(onChanged);
  const pack = () =>
    void packPerson(request.id, language).then(watch, (error: unknown) =>
      toasts.show({ text: problemText(error), tone: 'bad' }),
    );
  return (
    <div className={classes.bar}>
      <NativeSelect
        label={t('privacy.language')}
        value={language}
        data={[
          { value: 'en', label: 'English' },
          { value: 'zh-CN', label: '中文' },
        ]}
        onChange={(event) => setLanguage(event.currentTarget.value)}
      />
      <Button loading={running} onClick={pack}>
        {t('privacy.pack')}
      </Button>
      {request.package !== undefined && (
        <Button component="a" href={request.package} leftSection={<IconDownload size={15} aria-hidden="true" />}>
          {t('privacy.download')}
        </Button>
      )}
      {request.packageExpiresAt !== undefined && (
        <span className={classes.meta}>{t('privacy.until', { time: format.dateTime(request.packageExpiresAt) })}</span>
      )}
    </div>
  );
}

function Request({ id, onForgotten }: { id: string; onForgotten: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const { data, error, refetch } = useQuery({
    queryKey: ['persons', id],
    queryFn: ({ signal }) => getRequest(id, signal),
    refetchInterval: (query) => (query.state.data !== undefined && isOpen(query.state.data.state) ? POLL_MS : false),
  });
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return null;
  }
  const forget = () =>
    void forgetRequest(id).then(
      () => {
        void client.invalidateQueries({ queryKey: ['persons'] });
        onForgotten();
      },
      (problem: unknown) => toasts.show({ text: problemText(problem), tone: 'bad' }),
    );
  const none = (data.counts ?? []).length === 0;
  return (
    <>
      <div className={classes.bar}>
        <strong dir="auto">{wishText(data.lookedFor) || t('privacy.erased')}</strong>
        <JobState state={data.state} />
        {isOpen(data.state) && (
          <span className={classes.meta} role="status">
            {t('privacy.looked', { count: data.processed })}
          </span>
        )}
        <Button onClick={forget}>{t('privacy.forget')}</Button>
      </div>
      {data.state === 'done' && !none && (
        <>
          {data.proof === undefined && <Package request={data} onChanged={() => void refetch()} />}
          <Erasure request={data} onErased={() => void refetch()} />
        </>
      )}
      {data.state === 'done' && none && <p className={classes.hint}>{t('privacy.nobody')}</p>}
      {KINDS.map((kind) => (
        <Findings key={kind} request={data} kind={kind} />
      ))}
    </>
  );
}

function Requests({ onChosen }: { onChosen: (id: string) => void }) {
  const t = useT();
  const format = useFormat();
  const users = useUsers();
  const { data, error, refetch } = useQuery({
    queryKey: ['persons'],
    queryFn: ({ signal }) => listRequests(signal),
  });
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data?.length === 0) {
    return (
      <State icon={<IconUserSearch size={22} stroke={1.6} aria-hidden="true" />} title={t('privacy.empty')}>
        <StateText>{t('privacy.emptyText')}</StateText>
      </State>
    );
  }
  return (
    <ul className={classes.list} aria-label={t('settings.tab.privacy')}>
      {data?.map((one) => (
        <li key={one.id} className={classes.row}>
          <div className={classes.main}>
            <strong dir="auto">{wishText(one.lookedFor) || t('privacy.erased')}</strong>
            <span className={classes.meta}>
              {users.get(one.requestedBy)?.displayName ?? t('settings.unknownActor')} · {format.dateTime(one.createdAt)}
            </span>
          </div>
          <JobState state={one.state} />
          <Button aria-label={`${t('privacy.open')}: ${wishText(one.lookedFor)}`} onClick={() => onChosen(one.id)}>
            {t('privacy.open')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** What there is of persons: found and handed out. */
export function PrivacyTab() {
  const t = useT();
  const client = useQueryClient();
  const [params, setParams] = useUrlParams();
  const request = params.get('request') ?? undefined;
  const show = (id: string | undefined) => {
    void client.invalidateQueries({ queryKey: ['persons'], exact: true });
    setParams({ request: id, entity: undefined, of: undefined }, 'push');
  };
  return (
    <>
      {request === undefined ? (
        <>
          <p className={classes.hint}>{t('privacy.text')}</p>
          <Search onFound={show} />
          <Requests onChosen={show} />
        </>
      ) : (
        <>
          <div className={classes.bar}>
            <Button onClick={() => show(undefined)}>{t('privacy.all')}</Button>
          </div>
          <Request id={request} onForgotten={() => show(undefined)} />
        </>
      )}
    </>
  );
}
