import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ApiProblem } from '../api/problem';
import { useModel, useSession } from '../api/session';
import { useT } from '../i18n';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { HeaderTabs } from '../ui/HeaderTabs';
import { ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import classes from './automation.module.css';
import { type Automation, automationsKey, getAutomation } from './automations';
import { readDefinition } from './definition';
import { newDraft } from './draft';
import { Editor } from './Editor';
import { Runs } from './Runs';
import { Versions } from './Versions';

const TABS = ['edit', 'runs', 'versions'] as const;
type Tab = (typeof TABS)[number];

function Head({ automation, tab }: { automation: Automation | undefined; tab: Tab }) {
  const t = useT();
  const title = automation?.name ?? t('automation.new');
  useDocumentTitle(title);
  return (
    <header className={classes.head}>
      <Link className={`rl-link ${classes.title}`} to="/automations">
        {t('automation.title')}
      </Link>
      <span aria-hidden="true">/</span>
      <h1 className={classes.title}>{title}</h1>
      {automation?.active === false && <Tag>{t('automation.off')}</Tag>}
      {automation !== undefined && (
        <HeaderTabs
          label={title}
          tabs={TABS.map((one) => ({
            to: `/automations/${automation.id}${one === 'edit' ? '' : `/${one}`}`,
            text: t(`automation.tab.${one}`),
            current: one === tab,
          }))}
        />
      )}
    </header>
  );
}

function NewAutomation() {
  const { entities } = useModel();
  const entity = entities.find((one) => one.stageField() !== undefined) ?? entities[0];
  const [start] = useState(() => newDraft(entity?.name ?? ''));
  return (
    <>
      <Head automation={undefined} tab="edit" />
      <Editor automation={undefined} start={start} />
    </>
  );
}

function Edited({ automation }: { automation: Automation }) {
  const { me, model } = useSession();
  const { timeZone } = me.tenant;
  const start = useMemo(() => readDefinition(automation, model, timeZone), [automation, model, timeZone]);
  return <Editor key={`${automation.version} ${automation.updatedAt}`} automation={automation} start={start} />;
}

function StoredAutomation({ id, tab }: { id: string; tab: Tab }) {
  const { data, error, refetch } = useQuery({
    queryKey: [...automationsKey, id],
    queryFn: ({ signal }) => getAutomation(id, signal),
    // What is being written must not change under the hands.
    refetchOnWindowFocus: false,
  });
  if (data === undefined) {
    const missing = error instanceof ApiProblem && (error.status === 404 || error.status === 400);
    return error === null ? null : missing ? (
      <UnknownPage />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <>
      <Head automation={data} tab={tab} />
      {tab === 'edit' && <Edited automation={data} />}
      {tab === 'runs' && <Runs automation={data} />}
      {tab === 'versions' && <Versions automation={data} />}
    </>
  );
}

/** One automation: what it says, what it did, and what it said before. */
export default function AutomationPage() {
  const { me } = useSession();
  const { id = 'new', tab = 'edit' } = useParams();
  const shown = TABS.find((one) => one === tab);
  if (me.role !== 'administrator' || shown === undefined || (id === 'new' && shown !== 'edit')) {
    return <UnknownPage />;
  }
  return (
    <div className={classes.page}>
      {id === 'new' ? <NewAutomation /> : <StoredAutomation key={id} id={id} tab={shown} />}
    </div>
  );
}
