import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { useFormat, useModel, useUsers } from '../api/session';
import { isMessage, useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useUrlParams } from '../shell/url';
import { ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import classes from './automation.module.css';
import {
  type Automation,
  automationsKey,
  listRuns,
  RUN_STATES,
  type Run,
  retryFailed,
  retryRun,
  type Step,
  skipRun,
  stepAt,
} from './automations';
import { stepNumber } from './draft';
import { useNames } from './useNames';

const ASK_AGAIN_MS = 5_000;
const TONES = { waiting: 'neutral', done: 'good', failed: 'bad', stopped: 'warn' } as const;
/** What came of a step besides: the record that was made, who was given it, how many were told. */
function Detail({ detail, step }: { detail: string; step: Step | undefined }) {
  const t = useT();
  const users = useUsers();
  const made = useModel().entity(step?.do === 'create' ? step.entity : undefined);
  const user = users.get(detail);
  if (/^\d+$/.test(detail)) {
    return ` · ${t('automation.told', { count: Number(detail) })}`;
  }
  if (user !== undefined) {
    return ` · ${t('automation.given', { name: user.displayName })}`;
  }
  return made === undefined ? null : (
    <>
      {' · '}
      <Link className={`rl-link ${classes.made}`} to={`/${made.setName}/${detail}`}>
        {t('automation.makes')}
      </Link>
    </>
  );
}

function Log({ run, automation }: { run: Run; automation: Automation }) {
  const t = useT();
  const format = useFormat();
  return (
    <ol className={classes.log} aria-label={t('automation.log')}>
      {run.log.map((entry) => {
        const outcome = `automation.outcome.${entry.outcome}`;
        return (
          <li key={`${entry.at} ${entry.step} ${entry.outcome}`}>
            <span className={classes.meta}>{format.dateTime(entry.at, true)}</span>
            <span>
              {stepNumber(entry.step) === '' ? entry.step : t('automation.step', { number: stepNumber(entry.step) })}
              {' · '}
              {isMessage(outcome) ? t(outcome) : entry.outcome}
              {entry.detail !== undefined && entry.detail !== null && (
                <Detail
                  detail={entry.detail}
                  step={run.version === automation.version ? stepAt(automation, entry.step) : undefined}
                />
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

interface RowProps {
  run: Run;
  name: string | undefined;
  entity: Entity | undefined;
  onDo: (work: Promise<{ changed: number }>, done: 'automation.retried' | 'automation.skipped') => void;
  automation: Automation;
}

function RunRow({ run, name, entity, automation, onDo }: RowProps) {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const shown = name ?? t('automation.someRecord');
  const facts = [
    format.dateTime(run.createdAt, true),
    t('automation.version', { number: run.version }),
    ...(run.state === 'waiting' && run.nextAt !== undefined && run.nextAt !== null
      ? [t('automation.goesOn', { time: format.dateTime(run.nextAt, true) })]
      : []),
  ];
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span>
          {entity === undefined || name === undefined ? (
            shown
          ) : (
            <Link className="rl-link" to={`/${entity.setName}/${run.record}`} dir="auto">
              {name}
            </Link>
          )}{' '}
          <Tag tone={TONES[run.state]}>{t(`automation.state.${run.state}`)}</Tag>
        </span>
        <span className={classes.meta}>{facts.join(' · ')}</span>
        {run.reason !== undefined && run.reason !== null && <span className={classes.bad}>{run.reason}</span>}
      </div>
      <div className={classes.tools}>
        {run.state === 'failed' && (
          <>
            <Button
              aria-label={`${t('action.retry')}: ${shown}`}
              onClick={() => onDo(retryRun(automation.id, run.id), 'automation.retried')}
            >
              {t('action.retry')}
            </Button>
            <Button
              aria-label={`${t('automation.skip')}: ${shown}`}
              onClick={() => onDo(skipRun(automation.id, run.id), 'automation.skipped')}
            >
              {t('automation.skip')}
            </Button>
          </>
        )}
        <Button aria-expanded={open} aria-label={`${t('automation.log')}: ${shown}`} onClick={() => setOpen(!open)}>
          {t('automation.log')}
        </Button>
      </div>
      {open && (
        <div className={classes.unfolded}>
          <Log run={run} automation={automation} />
        </div>
      )}
    </li>
  );
}

/** What an automation did: every run with its steps, and the way to try again what failed. */
export function Runs({ automation }: { automation: Automation }) {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const entity = useModel().entity(automation.entity);
  const [params, change] = useUrlParams();
  const state = RUN_STATES.find((one) => one === params.get('state')) ?? '';
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [...automationsKey, automation.id, 'runs', state],
    queryFn: ({ pageParam, signal }) => listRuns(automation.id, state, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: ASK_AGAIN_MS,
  });
  const runs = data?.pages.flatMap((page) => page.value) ?? [];
  const names = useNames(
    entity,
    runs.map((run) => run.record),
  );
  const act = (work: Promise<{ changed: number }>, done: 'automation.retried' | 'automation.skipped') =>
    void work
      .then(
        ({ changed }) => toasts.show({ text: t(done, { count: changed }) }),
        (failure: unknown) => toasts.show({ text: problemText(failure), tone: 'bad' }),
      )
      .finally(() => void client.invalidateQueries({ queryKey: automationsKey }));
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div className={classes.body}>
      <div className={classes.bar}>
        <NativeSelect
          label={t('automation.tab.runs')}
          value={state}
          data={[
            { value: '', label: t('settings.webhook.all') },
            ...RUN_STATES.map((one) => ({ value: one, label: t(`automation.state.${one}`) })),
          ]}
          onChange={(event) => change({ state: event.currentTarget.value || undefined }, 'replace')}
        />
        {automation.counts.failed > 0 && (
          <Button onClick={() => act(retryFailed(automation.id), 'automation.retried')}>
            {t('automation.retryAll')}
          </Button>
        )}
      </div>
      {data !== undefined && runs.length === 0 && <p className={classes.empty}>{t('automation.noRuns')}</p>}
      <ul className={classes.list} aria-label={t('automation.tab.runs')}>
        {runs.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            name={names.get(run.record)}
            entity={entity}
            automation={automation}
            onDo={act}
          />
        ))}
      </ul>
      {hasNextPage && (
        <div className={classes.bar}>
          <Button onClick={() => void fetchNextPage()}>{t('action.showMore')}</Button>
        </div>
      )}
    </div>
  );
}
