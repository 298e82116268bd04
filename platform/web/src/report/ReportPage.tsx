import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconLayoutDashboard } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { type KeptReport, type ReportChange, type ReportDefinition, useKept, useKeptActions } from '../api/reports';
import { useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { UnknownPage } from '../shell/UnknownPage';
import { type ParamChanges, useUrlParams } from '../shell/url';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { useProblemText } from '../ui/useProblemText';
import { Builder } from './Builder';
import { csvOf, save as saveFile } from './csv';
import { MEMBERS, readAddress } from './definition';
import { Result, useAnswer } from './Result';
import classes from './report.module.css';
import { useWords } from './words';

const SaveViewDialog = lazy(() => import('../list/SaveViewDialog'));
const AddToDashboard = lazy(() => import('./AddToDashboard'));

const NONE: ParamChanges = Object.fromEntries(MEMBERS.map((name) => [name, undefined]));

function asParams(change: ReportChange, kept: boolean): ParamChanges {
  return Object.fromEntries(
    Object.entries(change).map(([name, value]) => {
      const text = value === undefined ? '' : Array.isArray(value) ? value.join(',') : String(value);
      // Beside a kept report an empty text says "none", not "as kept".
      return [name, text === '' && !kept ? undefined : text];
    }),
  );
}

function Export({ definition, name }: { definition: ReportDefinition; name: string }) {
  const t = useT();
  const words = useWords();
  const { report, data } = useAnswer(definition);
  return (
    <Button
      leftSection={<IconDownload size={16} aria-hidden="true" />}
      disabled={report === undefined || data === undefined}
      onClick={() => report !== undefined && data !== undefined && saveFile(name, csvOf(report, data, words))}
    >
      {t('report.export')}
    </Button>
  );
}

type Dialog = 'new' | 'rename' | 'tile' | undefined;

interface KeepProps {
  kept: KeptReport | undefined;
  definition: ReportDefinition;
  changed: boolean;
  onOpen: (dialog: Dialog) => void;
  onKept: () => void;
}

/** Keeping, renaming and forgetting; a deletion is undone by keeping the same again. */
function Keep({ kept, definition, changed, onOpen, onKept }: KeepProps) {
  const t = useT();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { create, update, remove } = useKeptActions('reports');
  const failed = (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' });
  if (kept === undefined) {
    return (
      <Button variant="filled" onClick={() => onOpen('new')}>
        {t('report.save')}
      </Button>
    );
  }
  const forget = async () => {
    const { id, ...again } = kept;
    await remove(id);
    navigate('/reports');
    const undo = () => create(again).then((made) => navigate(`/reports/${made.id}`), failed);
    toasts.show({ text: t('report.deleted', { name: kept.name }), undo: () => void undo() });
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant={changed ? 'filled' : 'default'}
          rightSection={<IconChevronDown size={15} aria-hidden="true" />}
        >
          {t('report.save')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kept.changeable && changed && (
          <Menu.Item onClick={() => void update(kept.id, { definition }).then(onKept).catch(failed)}>
            {t('view.update', { name: kept.name })}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => onOpen('new')}>{t('report.saveAs')}</Menu.Item>
        {kept.changeable && (
          <>
            <Menu.Item onClick={() => onOpen('rename')}>{t('view.rename')}</Menu.Item>
            <Menu.Item onClick={() => void forget().catch(failed)}>{t('report.delete')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Dialogs(props: {
  open: Dialog;
  kept: KeptReport | undefined;
  name: string;
  definition: ReportDefinition;
  onClose: () => void;
}) {
  const { open, kept, name, definition, onClose } = props;
  const t = useT();
  const navigate = useNavigate();
  const { create, update } = useKeptActions('reports');
  if (open === undefined) {
    return null;
  }
  if (open === 'tile') {
    return <AddToDashboard title={name} definition={definition} onClose={onClose} />;
  }
  return (
    <SaveViewDialog
      title={t(open === 'new' ? 'report.saveAs' : 'view.rename')}
      initial={open === 'new' ? { name, shared: false } : { name: kept?.name ?? '', shared: kept?.shared ?? false }}
      onClose={onClose}
      onSave={async (input) => {
        if (open === 'rename' && kept !== undefined) {
          await update(kept.id, input);
        } else {
          const made = await create({ ...input, definition });
          navigate(`/reports/${made.id}`);
        }
      }}
    />
  );
}

function Asked({ kept }: { kept: KeptReport | undefined }) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const [params, change] = useUrlParams();
  const [dialog, setDialog] = useState<Dialog>();
  const definition = readAddress(params, kept?.definition) ?? { set: model.entities[0]?.setName ?? '' };
  const entity = model.set(definition.set);
  const changed = kept !== undefined && MEMBERS.some((name) => params.has(name));
  const suggested = t('report.on', { name: label(entity?.meta.pluralLabel, definition.set) });
  const name = kept?.name ?? suggested;
  useDocumentTitle(name);
  const set = (next: ReportChange) => change(asParams(next, kept !== undefined));
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Link to="/reports" className={classes.crumb}>
          {t('report.title')}
        </Link>
        <h1 className={classes.title}>{changed ? `${name} *` : name}</h1>
        <div className={classes.actions}>
          {changed && <Button onClick={() => change(NONE)}>{t('view.reset')}</Button>}
          {definition.kind !== 'list' && <Export definition={definition} name={name} />}
          <Button leftSection={<IconLayoutDashboard size={16} aria-hidden="true" />} onClick={() => setDialog('tile')}>
            {t('report.toDashboard')}
          </Button>
          <Keep
            kept={kept}
            definition={definition}
            changed={changed}
            onOpen={setDialog}
            onKept={() => change(NONE, 'replace')}
          />
        </div>
      </header>
      <div className={classes.body}>
        {entity !== undefined && <Builder entity={entity} definition={definition} onChange={set} />}
        <section className={classes.result} aria-label={t('report.result')} aria-live="polite">
          <Result definition={definition} onSort={(sort) => set({ sort })} />
        </section>
      </div>
      <Suspense>
        <Dialogs
          open={dialog}
          kept={kept}
          name={suggested}
          definition={definition}
          onClose={() => setDialog(undefined)}
        />
      </Suspense>
    </div>
  );
}

/** A report: on the left what is asked, on the right the answer; both stand in the address. */
export default function ReportPage() {
  const { id } = useParams();
  const { data, isPending } = useKept('reports');
  if (id === 'new') {
    return <Asked kept={undefined} />;
  }
  const kept = data?.find((report) => report.id === id);
  return kept !== undefined ? <Asked key={kept.id} kept={kept} /> : isPending ? null : <UnknownPage />;
}
