import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { Timeline } from '../activity/Timeline';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { ApiProblem } from '../api/problem';
import { recordName } from '../api/records';
import { useVisit } from '../api/shortcuts';
import type { RecordData } from '../api/types';
import { useT, withMore } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import { type Trail, trailKey } from '../list/useRows';
import { useKeys } from '../shell/keys';
import { toasts } from '../shell/toast';
import { useUrlParams } from '../shell/url';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { AfterPatience, Bone, ErrorState, MissingRecord } from '../ui/states';
import { useProblemText } from '../ui/useProblemText';
import { ConflictDialog } from './ConflictDialog';
import { EditSheet } from './EditSheet';
import { History } from './History';
import { RecordHeader } from './RecordHeader';
import { RelatedLists } from './RelatedLists';
import classes from './record.module.css';
import { Sections, SystemSection } from './Sections';
import { useRecord } from './useRecord';
import { useSave } from './useSave';

const Consents = lazy(() => withMore(import('./Consents')));

function useDelete(entity: Entity, record: RecordData): () => Promise<void> {
  const t = useT();
  const navigate = useNavigate();
  const client = useQueryClient();
  const actions = useRecordActions(entity);
  const problemText = useProblemText();
  return async () => {
    const name = recordName(entity, record);
    try {
      await actions.remove(record.id, record['@odata.etag']);
    } catch (error) {
      toasts.show({ text: problemText(error), tone: 'bad' });
      return;
    }
    const trail = client.getQueryData<Trail>(trailKey(entity));
    navigate(`/${entity.setName}${trail?.search ?? ''}`);
    const undo = () =>
      void actions
        .restore(record.id)
        .then(() => navigate(`/${entity.setName}/${record.id}`))
        .catch((error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }));
    toasts.show({ text: t('list.deletedNamed', { name }), undo });
  };
}

type Tab = 'overview' | 'timeline' | 'history';

const TITLES: Record<Tab, MessageKey> = {
  overview: 'record.overview',
  timeline: 'record.timeline',
  history: 'record.history',
};

function Tabs({ entity, id, tab, tabs }: { entity: Entity; id: string; tab: Tab; tabs: readonly Tab[] }) {
  const t = useT();
  const path = `/${entity.setName}/${id}`;
  return (
    <nav className={classes.tabs} data-print="none" aria-label={t('record.tabs')}>
      {tabs.map((one) => (
        <Link
          key={one}
          to={one === 'overview' ? path : `${path}/${one}`}
          aria-current={tab === one ? 'page' : undefined}
        >
          {t(TITLES[one])}
        </Link>
      ))}
    </nav>
  );
}

/** The timeline stands beside the fields where there is room, and is a tab where there is not. */
const BESIDE: readonly Tab[] = ['overview', 'history'];
const ALONE: readonly Tab[] = ['overview', 'timeline', 'history'];

function Loaded({ entity, record }: { entity: Entity; record: RecordData }) {
  const t = useT();
  const asked = useParams().tab;
  const wide = useMediaQuery('(min-width: 1100px)') ?? false;
  const tabs = wide ? BESIDE : ALONE;
  const tab = tabs.find((one) => one === asked) ?? 'overview';
  const [params, change] = useUrlParams();
  const { save, conflict } = useSave(entity, record);
  const remove = useDelete(entity, record);
  const edit = () => change({ edit: '1' });
  const visit = useVisit();
  useEffect(() => visit(entity, record.id), [visit, entity, record.id]);
  useDocumentTitle(recordName(entity, record));
  useKeys({ e: edit });
  return (
    <>
      <RecordHeader entity={entity} record={record} onEdit={edit} onDelete={() => void remove()} />
      <Tabs entity={entity} id={record.id} tab={tab} tabs={tabs} />
      {tab === 'history' && (
        <div className={classes.main}>
          <History entity={entity} id={record.id} />
        </div>
      )}
      {tab === 'timeline' && (
        <div className={classes.main}>
          <Timeline entity={entity} record={record} />
        </div>
      )}
      {tab === 'overview' && (
        <div className={classes.columns} data-aside={wide}>
          <div className={classes.main}>
            <Sections entity={entity} record={record} save={save} />
            <RelatedLists entity={entity} id={record.id} />
            {entity.fields.some((field) => field.personal === true) && (
              <Suspense>
                <Consents entity={entity} id={record.id} />
              </Suspense>
            )}
            <SystemSection entity={entity} record={record} save={save} />
          </div>
          {wide && (
            <aside className={classes.aside} aria-label={t('record.timeline')}>
              <Timeline entity={entity} record={record} />
            </aside>
          )}
        </div>
      )}
      {params.has('edit') && (
        <EditSheet entity={entity} record={record} save={save} onClose={() => change({ edit: undefined }, 'replace')} />
      )}
      {conflict !== undefined && <ConflictDialog entity={entity} conflict={conflict} />}
    </>
  );
}

export default function RecordPage({ entity, id }: { entity: Entity; id: string }) {
  const { data: record, error, refetch } = useRecord(entity, id);
  if (record !== undefined) {
    return (
      <div className={classes.page}>
        <Loaded entity={entity} record={record} />
      </div>
    );
  }
  if (error instanceof ApiProblem && (error.status === 404 || error.status === 400)) {
    return <MissingRecord listPath={`/${entity.setName}`} />;
  }
  return error === null ? (
    <AfterPatience>
      <div className={classes.bones}>
        <Bone width={280} />
        <Bone width={420} />
        <Bone width={360} />
      </div>
    </AfterPatience>
  ) : (
    <ErrorState error={error} onRetry={() => void refetch()} />
  );
}
