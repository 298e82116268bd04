import { Button, Switch } from '@mantine/core';
import { IconBolt, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { useFormat, useModel, useSession, useUsers } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { AfterPatience, Bone, ErrorState, State, StateText } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import classes from './automation.module.css';
import { type Automation, automationsKey, definitionOf, listAutomations, replaceAutomation } from './automations';
import { writeDefinition } from './definition';
import type { Draft } from './draft';
import { examplesOf } from './examples';
import { sayAutomation } from './sentence';
import { useKeepNew } from './useDraft';
import { useWords } from './useWords';

const ASK_AGAIN_MS = 5_000;

/** What became of it: runs by their state, and when it runs next. */
function Facts({ automation }: { automation: Automation }) {
  const t = useT();
  const format = useFormat();
  const { counts, nextAt, millis } = automation;
  const runs = counts.done + counts.failed + counts.waiting;
  const facts = [
    t('automation.count.done', { count: counts.done }),
    ...(counts.waiting > 0 ? [t('automation.count.waiting', { count: counts.waiting })] : []),
    ...(runs > 0 ? [t('automation.took', { millis: format.integer(Math.round(millis / runs)) })] : []),
    ...(nextAt === undefined || nextAt === null
      ? []
      : [t('automation.nextAt', { time: format.dateTime(nextAt, true) })]),
  ];
  return (
    <span className={classes.meta}>
      {facts.join(' · ')}
      {counts.failed > 0 && (
        <>
          {' · '}
          <Link className={classes.failed ?? ''} to={`/automations/${automation.id}/runs?state=failed`}>
            {t('automation.count.failed', { count: counts.failed })}
          </Link>
        </>
      )}
    </span>
  );
}

function Row({ automation, onChanged }: { automation: Automation; onChanged: () => void }) {
  const t = useT();
  const words = useWords();
  const problemText = useProblemText();
  const { id, name, active, pausedBecause } = automation;
  const turn = (next: boolean) =>
    void replaceAutomation(id, { ...definitionOf(automation), active: next })
      .then(
        () => toasts.show({ text: t(next ? 'automation.turnedOn' : 'automation.turnedOff', { name }) }),
        (failure: unknown) => toasts.show({ text: problemText(failure), tone: 'bad' }),
      )
      .finally(onChanged);
  return (
    <li className={classes.row}>
      <Switch
        aria-label={t('automation.activeNamed', { name })}
        checked={active}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      <div className={classes.main}>
        <span>
          <Link className="rl-link" to={`/automations/${id}`}>
            <strong>{name}</strong>
          </Link>{' '}
          {!active && <Tag>{t('automation.off')}</Tag>}
        </span>
        <span className={classes.sentence}>{sayAutomation(words, automation)}</span>
        {pausedBecause !== undefined && pausedBecause !== null && (
          <span className={classes.bad}>{t(`automation.because.${pausedBecause}`)}</span>
        )}
        <Facts automation={automation} />
      </div>
    </li>
  );
}

/** Nothing yet: what automations are for, by two that can be had as they are. */
function Empty({ onStart }: { onStart: (draft?: Draft) => void }) {
  const t = useT();
  const { me, model } = useSession();
  const words = useWords();
  const users = useUsers();
  const examples = examplesOf(model, words, [...users.keys()]);
  return (
    <>
      <State
        icon={<IconBolt size={22} stroke={1.6} aria-hidden="true" />}
        title={t('automation.none')}
        actions={<Button onClick={() => onStart()}>{t('automation.new')}</Button>}
      >
        <StateText>{t('automation.noneText')}</StateText>
      </State>
      <ul className={classes.examples} aria-label={t('automation.examples')}>
        {examples.map((draft) => (
          <li key={draft.name} className={classes.example}>
            <strong>{draft.name}</strong>
            <span className={classes.sentence}>
              {sayAutomation(words, writeDefinition(draft, model, me.tenant.timeZone).definition)}
            </span>
            <Button
              aria-label={`${t('automation.useExample')}: ${draft.name}`}
              className={classes.exampleUse ?? ''}
              onClick={() => onStart(draft)}
            >
              {t('automation.useExample')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What happens by itself: every automation in a sentence, with what became of it and the switch to end it. */
function Automations() {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const first = useModel().entities.length > 0;
  const { data, error, refetch } = useQuery({
    queryKey: automationsKey,
    queryFn: ({ signal }) => listAutomations(signal),
    refetchInterval: ASK_AGAIN_MS,
  });
  const keep = useKeepNew();
  const start = (draft?: Draft) => {
    if (draft !== undefined) {
      keep(draft);
    }
    navigate('/automations/new');
  };
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('automation.title')}</h1>
        <span className={classes.grow} />
        {first && (
          <Button variant="filled" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => start()}>
            {t('automation.new')}
          </Button>
        )}
      </header>
      <div className={classes.body}>
        {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && (
          <AfterPatience>
            <div className={classes.bones}>
              <Bone width={320} />
              <Bone width={420} />
            </div>
          </AfterPatience>
        )}
        {data?.length === 0 && <Empty onStart={start} />}
        {data !== undefined && data.length > 0 && (
          <ul className={classes.list} aria-label={t('automation.title')}>
            {data.map((automation) => (
              <Row
                key={automation.id}
                automation={automation}
                onChanged={() => void client.invalidateQueries({ queryKey: automationsKey })}
              />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

export default function AutomationsPage() {
  const t = useT();
  const { me } = useSession();
  useDocumentTitle(t('automation.title'));
  return me.role === 'administrator' ? <Automations /> : <UnknownPage />;
}
