import { Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconDeviceFloppy,
  IconDownload,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Entity } from '../api/model';
import { useLabel } from '../api/session';
import { type SavedView, useSavedViews, useViewActions } from '../api/views';
import { useT, withMore } from '../i18n';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';
import classes from './list.module.css';
import { AS_THE_VIEW, type ListState } from './listState';

const SaveViewDialog = lazy(() => import('./SaveViewDialog'));
const ExportDialog = lazy(() => withMore(import('./ExportDialog')));

export function viewPath(entity: Entity, key: string): string {
  return `/${entity.setName}?view=${encodeURIComponent(key)}`;
}

function Kept({ entity, views, title }: { entity: Entity; views: readonly SavedView[]; title: string }) {
  return views.length === 0 ? null : (
    <>
      <Menu.Label>{title}</Menu.Label>
      {views.map((view) => (
        <Menu.Item
          key={view.id}
          component={Link}
          to={viewPath(entity, view.id)}
          rightSection={view.shared ? <IconUsers size={14} stroke={1.6} aria-hidden="true" /> : null}
        >
          {view.name}
        </Menu.Item>
      ))}
    </>
  );
}

type Dialog = 'new' | 'rename' | 'export';

/** The dialogs that give a view its name. */
function Dialogs(props: { entity: Entity; state: ListState; open: Dialog; onClose: () => void }) {
  const { entity, state, open, onClose } = props;
  const t = useT();
  const navigate = useNavigate();
  const { create, update } = useViewActions(entity);
  const saved = open === 'rename' ? state.saved : undefined;
  if (open === 'export') {
    return <ExportDialog entity={entity} state={state} onClose={onClose} />;
  }
  return (
    <SaveViewDialog
      title={t(saved === undefined ? 'view.saveAs' : 'view.rename')}
      initial={{ name: saved?.name ?? '', shared: saved?.shared ?? false }}
      onClose={onClose}
      onSave={async (input) => {
        if (saved === undefined) {
          const view = await create({ ...input, definition: state.definition() });
          navigate(viewPath(entity, view.id));
        } else {
          await update(saved.id, input);
        }
      }}
    />
  );
}

function Actions({ entity, state, onOpen }: { entity: Entity; state: ListState; onOpen: (dialog: Dialog) => void }) {
  const t = useT();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { create, update, remove } = useViewActions(entity);
  const { saved } = state;
  const failed = (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' });
  const forget = async ({ id, name, shared, definition }: SavedView) => {
    await remove(id);
    navigate(`/${entity.setName}`);
    const again = () =>
      create({ name, shared, definition }).then((view) => navigate(viewPath(entity, view.id)), failed);
    toasts.show({ text: t('view.deleted', { name }), undo: () => void again() });
  };
  const keep = async (view: SavedView) => {
    await update(view.id, { definition: state.definition() });
    state.change(AS_THE_VIEW, 'replace');
  };
  return (
    <>
      <Menu.Divider />
      {saved?.changeable === true && state.changed && (
        <Menu.Item
          leftSection={<IconDeviceFloppy size={15} aria-hidden="true" />}
          onClick={() => void keep(saved).catch(failed)}
        >
          {t('view.update', { name: saved.name })}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => onOpen('new')}>
        {t('view.saveAs')}
      </Menu.Item>
      {state.changed && <Menu.Item onClick={() => state.change(AS_THE_VIEW)}>{t('view.reset')}</Menu.Item>}
      <Menu.Item leftSection={<IconDownload size={15} aria-hidden="true" />} onClick={() => onOpen('export')}>
        {t('view.export')}
      </Menu.Item>
      {saved?.changeable === true && (
        <>
          <Menu.Item leftSection={<IconPencil size={15} aria-hidden="true" />} onClick={() => onOpen('rename')}>
            {t('view.rename')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={15} aria-hidden="true" />}
            onClick={() => void forget(saved).catch(failed)}
          >
            {t('view.delete')}
          </Menu.Item>
        </>
      )}
    </>
  );
}

/** All views of the entity, and what can be done with the one that is looked at. */
export function ViewMenu({ entity, state, heading }: { entity: Entity; state: ListState; heading: boolean }) {
  const t = useT();
  const label = useLabel();
  const { data: kept = [] } = useSavedViews(entity);
  const [dialog, setDialog] = useState<Dialog>();
  const name = label(state.view.label, label(entity.meta.pluralLabel));
  const shown = state.changed ? `${name} *` : name;
  const own = kept.filter((view) => !view.shared);
  return (
    <>
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <button
            type="button"
            className={heading ? classes.viewButton : classes.viewMore}
            aria-label={`${t('list.views')}: ${name}${state.changed ? `, ${t('view.changed')}` : ''}`}
          >
            <span className={heading ? classes.title : undefined}>{heading ? shown : t('list.views')}</span>
            <IconChevronDown size={heading ? 18 : 15} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menuScroll}>
          {entity.views.map((view) => (
            <Menu.Item key={view.key} component={Link} to={viewPath(entity, view.key)}>
              {label(view.label, view.key)}
            </Menu.Item>
          ))}
          <Kept entity={entity} views={own} title={t('view.own')} />
          <Kept entity={entity} views={kept.filter((view) => view.shared)} title={t('view.ofAll')} />
          <Actions entity={entity} state={state} onOpen={setDialog} />
        </Menu.Dropdown>
      </Menu>
      {dialog !== undefined && (
        <Suspense>
          <Dialogs entity={entity} state={state} open={dialog} onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
    </>
  );
}
