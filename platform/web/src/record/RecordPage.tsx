import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { ApiProblem } from '../api/problem';
import { recordName } from '../api/records';
import type { RecordData } from '../api/types';
import { useT } from '../i18n';
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

function Tabs({ entity, id, tab }: { entity: Entity; id: string; tab: string }) {
  const t = useT();
  const path = `/${entity.setName}/${id}`;
  return (
    <nav className={classes.tabs} aria-label={t('record.tabs')}>
      <Link to={path} aria-current={tab === 'overview' ? 'page' : undefined}>
        {t('record.overview')}
      </Link>
      <Link to={`${path}/history`} aria-current={tab === 'history' ? 'page' : undefined}>
        {t('record.history')}
      </Link>
    </nav>
  );
}

function Loaded({ entity, record }: { entity: Entity; record: RecordData }) {
  const t = useT();
  const tab = useParams().tab === 'history' ? 'history' : 'overview';
  const wide = useMediaQuery('(min-width: 1280px)') ?? false;
  const [params, change] = useUrlParams();
  const { save, conflict } = useSave(entity, record);
  const remove = useDelete(entity, record);
  const edit = () => change({ edit: '1' });
  useDocumentTitle(recordName(entity, record));
  useKeys({ e: edit });
  return (
    <>
      <RecordHeader entity={entity} record={record} onEdit={edit} onDelete={() => void remove()} />
      <Tabs entity={entity} id={record.id} tab={tab} />
      {tab === 'history' ? (
        <div className={classes.main}>
          <History entity={entity} id={record.id} />
        </div>
      ) : (
        <div className={classes.columns} data-aside={wide}>
          <div className={classes.main}>
            <Sections entity={entity} record={record} save={save} />
            <RelatedLists entity={entity} id={record.id} />
            <SystemSection entity={entity} record={record} save={save} />
          </div>
          {wide && (
            <aside className={classes.aside} aria-label={t('record.history')}>
              <h2 className={classes.asideTitle}>{t('record.history')}</h2>
              <History entity={entity} id={record.id} />
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
