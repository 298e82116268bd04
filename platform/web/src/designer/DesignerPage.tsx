import { Button } from '@mantine/core';
import { IconDownload, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useFormat, useLabel, useModel, useSession, useUsers } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { Confirmation } from '../ui/Confirmation';
import { HeaderTabs } from '../ui/HeaderTabs';
import { EntityIcon } from '../ui/icons';
import { ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import { AdviceTab } from './AdviceTab';
import classes from './designer.module.css';
import { EntitySheet, NEW_ENTITY } from './EntitySheet';
import { entityAddition } from './entityForm';
import { FilesTab } from './FilesTab';
import { listPlans, type Plan, type PlanSummary, purgePlan, revertPlan, SOLUTION_FILE } from './plans';
import { usePlanning } from './usePlanning';

const TABS = ['entities', 'history', 'advice', 'files'] as const;

function Entities() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { entities } = useModel();
  return (
    <ul className={classes.list} aria-label={t('design.entities')}>
      {entities.map((entity) => (
        <li key={entity.name}>
          <Link to={`/designer/${entity.name}`} className={classes.row}>
            <EntityIcon name={entity.meta.icon} />
            <span className={classes.rowName}>
              {label(entity.meta.label, entity.name)}
              <code>{entity.meta.key ?? entity.name}</code>
            </span>
            {entity.meta.link !== undefined && <Tag>{t('design.entityKind.link')}</Tag>}
            <Tag>{t(entity.name.startsWith('c_') ? 'design.own' : 'design.managed')}</Tag>
            <span className={classes.rowCount}>
              {t('design.fieldCount', { count: entity.fields.length, formatted: format.number(entity.fields.length) })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface RowActions {
  onRevert: (plan: PlanSummary) => void;
  onPurge: (plan: PlanSummary) => void;
}

function HistoryRow({ plan, onRevert, onPurge }: { plan: PlanSummary } & RowActions) {
  const t = useT();
  const format = useFormat();
  const users = useUsers();
  const who = plan.appliedBy ?? plan.createdBy;
  return (
    <li className={classes.history}>
      <div className={classes.rowName}>
        <strong>{plan.title}</strong>
        <span>
          {users.get(who)?.displayName ?? t('design.somebody')} ·{' '}
          {format.dateTime(plan.appliedAt ?? plan.createdAt, true)}
        </span>
        <span>
          {t('design.counts', {
            added: format.number(plan.added),
            changed: format.number(plan.changed),
            removed: format.number(plan.removed),
          })}
        </span>
        {plan.kept !== undefined && plan.purgeFrom !== undefined && (
          <span title={plan.kept.join(', ')}>
            {plan.purging === true
              ? t('design.purging')
              : t('design.kept', { day: format.date(plan.purgeFrom.slice(0, 10)) })}
          </span>
        )}
      </div>
      {plan.purgeFrom !== undefined && plan.purging !== true && Date.parse(plan.purgeFrom) <= Date.now() && (
        <Button onClick={() => onPurge(plan)}>{t('design.purge')}</Button>
      )}
      {plan.reverts !== undefined && <Tag>{t('design.isRevert')}</Tag>}
      {plan.revertedBy === undefined ? (
        <Button onClick={() => onRevert(plan)}>{t('design.revert')}</Button>
      ) : (
        <Tag tone="bad">{t('design.reverted')}</Tag>
      )}
    </li>
  );
}

/** Whole entities are named by whoever has their records deleted. */
function purgeWords(t: ReturnType<typeof useT>, { kept = [], keptEntities = [] }: PlanSummary) {
  const entities = keptEntities.join(', ');
  return entities === ''
    ? { title: t('design.purgeTitle'), text: t('design.purgeText', { fields: kept.join(', ') }) }
    : {
        title: t('design.purgeEntityTitle'),
        text: t('design.purgeEntityText', { fields: kept.join(', ') }),
        typed: { text: entities, label: t('design.purgeTyped', { name: entities }) },
      };
}

function HistoryTab({ onPlan }: { onPlan: (plan: Plan) => void }) {
  const t = useT();
  const problemText = useProblemText();
  const { data, error, refetch } = useQuery({ queryKey: ['plans'], queryFn: ({ signal }) => listPlans(signal) });
  const revert = (plan: PlanSummary) =>
    void revertPlan(plan.id)
      .then(onPlan)
      .catch((refused: unknown) => toasts.show({ text: problemText(refused), tone: 'bad' }));
  const [purging, setPurging] = useState<PlanSummary>();
  const purge = (plan: PlanSummary) => {
    setPurging(undefined);
    void purgePlan(plan.id, plan.keptEntities ?? [])
      .then(() => refetch())
      .catch((refused: unknown) => toasts.show({ text: problemText(refused), tone: 'bad' }));
  };
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  const applied = data?.filter((plan) => plan.state === 'applied') ?? [];
  return (
    <>
      {data !== undefined && applied.length === 0 && <p className={classes.empty}>{t('design.noHistory')}</p>}
      <ul className={classes.list} aria-label={t('design.history')}>
        {applied.map((plan) => (
          <HistoryRow key={plan.id} plan={plan} onRevert={revert} onPurge={setPurging} />
        ))}
      </ul>
      {purging !== undefined && (
        <Confirmation
          {...purgeWords(t, purging)}
          action={t('design.purge')}
          onClose={() => setPurging(undefined)}
          onConfirm={() => purge(purging)}
        />
      )}
    </>
  );
}

/** What an administrator sees of the tenant's definitions: entities, the history of changes, advice, and files. */
export default function DesignerPage() {
  const t = useT();
  const { tab = 'entities' } = useParams();
  const { me, model } = useSession();
  const [adding, setAdding] = useState(false);
  const planning = usePlanning();
  useDocumentTitle(t('design.title'));
  if (me.role !== 'administrator' || !TABS.some((one) => one === tab)) {
    return <UnknownPage />;
  }
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.title}>{t('design.title')}</h1>
        <HeaderTabs
          label={t('design.title')}
          tabs={TABS.map((one) => ({
            to: one === 'entities' ? '/designer' : `/designer/tab/${one}`,
            text: t(`design.${one}`),
            current: one === tab,
          }))}
        />
        {tab === 'entities' && (
          <Button
            variant="filled"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {t('design.newEntity')}
          </Button>
        )}
        {tab === 'files' && (
          <Button component="a" href={SOLUTION_FILE} leftSection={<IconDownload size={16} aria-hidden="true" />}>
            {t('design.export')}
          </Button>
        )}
      </header>
      <div className={classes.body}>
        {tab === 'entities' && <Entities />}
        {tab === 'history' && <HistoryTab onPlan={planning.show} />}
        {tab === 'advice' && <AdviceTab planning={planning} />}
        {tab === 'files' && <FilesTab onPlan={planning.show} />}
      </div>
      {adding && (
        <EntitySheet
          title={t('design.newEntity')}
          initial={NEW_ENTITY}
          isNew
          onClose={() => setAdding(false)}
          onReview={async (draft) => {
            await planning.plan(draft.en || draft.zh || draft.name, [entityAddition(draft, model)]);
            setAdding(false);
          }}
        />
      )}
      {planning.dialog}
    </>
  );
}
