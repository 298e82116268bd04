import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowsMove,
  IconChevronDown,
  IconExternalLink,
  IconLayoutDashboard,
  IconPlus,
  IconX,
} from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { type KeptDashboard, type TileDefinition, useKept, useKeptActions } from '../api/reports';
import { useT } from '../i18n';
import { ErrorBoundary } from '../shell/ErrorBoundary';
import { toasts } from '../shell/toast';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { HeaderTabs } from '../ui/HeaderTabs';
import { State, StateText } from '../ui/states';
import { useProblemText } from '../ui/useProblemText';
import { addressOf } from './definition';
import { moved, resized, without } from './layout';
import { Result } from './Result';
import classes from './report.module.css';

const SaveViewDialog = lazy(() => import('../list/SaveViewDialog'));

type Tiles = readonly TileDefinition[];

interface TileProps {
  tile: TileDefinition;
  index: number;
  tiles: Tiles;
  editing: boolean;
  onChange: (tiles: Tiles, focus?: number) => void;
  onDrag: (index: number | undefined) => void;
  onDrop: () => void;
}

/** Arrows move a tile, with Shift they draw it larger or smaller. */
function afterKey(event: KeyboardEvent, tiles: Tiles, index: number): [Tiles, number] | undefined {
  const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
  if (across === 0 && down === 0) {
    return event.key === 'Delete' ? [without(tiles, index), Math.min(index, tiles.length - 2)] : undefined;
  }
  if (event.shiftKey) {
    return [resized(tiles, index, across, down), index];
  }
  const to = Math.min(tiles.length - 1, Math.max(0, index + across + down));
  return [moved(tiles, index, to), to];
}

function TileTools({ tile, index, tiles, onChange, onDrag }: TileProps) {
  const t = useT();
  return (
    <>
      <ActionIcon
        size={26}
        className={classes.handle ?? ''}
        data-handle={index}
        draggable
        title={t('dashboard.moveHint')}
        aria-label={t('dashboard.move', { name: tile.title })}
        aria-describedby="dashboard-hint"
        onDragStart={(event: DragEvent) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', tile.title);
          onDrag(index);
        }}
        onDragEnd={() => onDrag(undefined)}
        onKeyDown={(event: KeyboardEvent) => {
          const after = afterKey(event, tiles, index);
          if (after !== undefined) {
            event.preventDefault();
            event.stopPropagation();
            onChange(...after);
          }
        }}
      >
        <IconArrowsMove size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        size={26}
        aria-label={t('dashboard.removeTile', { name: tile.title })}
        onClick={() => onChange(without(tiles, index))}
      >
        <IconX size={16} />
      </ActionIcon>
    </>
  );
}

function Tile(props: TileProps) {
  const { tile, editing, index, onDrop } = props;
  const t = useT();
  const [over, setOver] = useState(false);
  return (
    <li
      className={classes.tile}
      data-over={over}
      data-kind={tile.report.kind ?? 'table'}
      style={{ gridColumn: `span ${tile.width}`, gridRow: `span ${tile.height}` }}
      onDragOver={(event) => {
        if (editing) {
          event.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop();
      }}
    >
      <section aria-label={tile.title} className={classes.tileIn}>
        <div className={classes.tileHead}>
          <h2 className={classes.tileTitle}>{tile.title}</h2>
          {editing ? (
            <TileTools {...props} />
          ) : (
            <ActionIcon
              size={26}
              component={Link}
              to={addressOf(tile.report)}
              className={classes.tileOpen ?? ''}
              aria-label={t('dashboard.openReport', { name: tile.title })}
            >
              <IconExternalLink size={15} stroke={1.6} />
            </ActionIcon>
          )}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what does not fit is scrolled by the keyboard too */}
        <div className={classes.tileBody} tabIndex={0} role="group" aria-label={tile.title}>
          <ErrorBoundary key={`${index} ${JSON.stringify(tile.report)}`}>
            <Result definition={tile.report} small />
          </ErrorBoundary>
        </div>
      </section>
    </li>
  );
}

function Board({ tiles, editing, onChange }: { tiles: Tiles; editing: boolean; onChange: (tiles: Tiles) => void }) {
  const t = useT();
  const board = useRef<HTMLUListElement>(null);
  const [dragged, setDragged] = useState<number>();
  const [focus, setFocus] = useState<{ index: number }>();
  useEffect(() => {
    if (focus !== undefined) {
      board.current?.querySelector<HTMLElement>(`[data-handle="${focus.index}"]`)?.focus();
    }
  }, [focus]);
  if (tiles.length === 0) {
    return (
      <State
        icon={<IconLayoutDashboard size={22} stroke={1.6} aria-hidden="true" />}
        title={t('dashboard.empty')}
        actions={
          <Button component={Link} to="/reports">
            {t('report.title')}
          </Button>
        }
      >
        <StateText>{t('dashboard.emptyText')}</StateText>
      </State>
    );
  }
  return (
    <>
      {editing && (
        <p id="dashboard-hint" className={classes.hint}>
          {t('dashboard.moveHint')}
        </p>
      )}
      <ul ref={board} className={classes.board}>
        {tiles.map((tile, index) => (
          <Tile
            // biome-ignore lint/suspicious/noArrayIndexKey: two tiles may be the same; their place is what they are known by
            key={`${index} ${tile.title}`}
            tile={tile}
            index={index}
            tiles={tiles}
            editing={editing}
            onChange={(next, to) => {
              onChange(next);
              if (to !== undefined) {
                setFocus({ index: to });
              }
            }}
            onDrag={setDragged}
            onDrop={() => dragged !== undefined && onChange(moved(tiles, dragged, index))}
          />
        ))}
      </ul>
    </>
  );
}

type Dialog = 'new' | 'rename' | undefined;

function Dialogs({ open, kept, onClose }: { open: Dialog; kept: KeptDashboard | undefined; onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const { create, update } = useKeptActions('dashboards');
  return open === undefined ? null : (
    <SaveViewDialog
      title={t(open === 'new' ? 'dashboard.new' : 'view.rename')}
      initial={open === 'new' ? { name: '', shared: false } : { name: kept?.name ?? '', shared: kept?.shared ?? false }}
      onClose={onClose}
      onSave={async (input) => {
        if (open === 'rename' && kept !== undefined) {
          await update(kept.id, input);
        } else {
          navigate(`/dashboards/${(await create({ ...input, definition: { tiles: [] } })).id}`);
        }
      }}
    />
  );
}

function Actions({
  kept,
  onEdit,
  onOpen,
}: {
  kept: KeptDashboard;
  onEdit: () => void;
  onOpen: (open: Dialog) => void;
}) {
  const t = useT();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { create, remove } = useKeptActions('dashboards');
  const failed = (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' });
  const forget = async () => {
    const { id, ...again } = kept;
    await remove(id);
    navigate('/dashboards');
    const undo = () => create(again).then((made) => navigate(`/dashboards/${made.id}`), failed);
    toasts.show({ text: t('report.deleted', { name: kept.name }), undo: () => void undo() });
  };
  return kept.changeable ? (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={15} aria-hidden="true" />}>{t('dashboard.change')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t('dashboard.arrange')}</Menu.Item>
        <Menu.Item onClick={() => onOpen('rename')}>{t('view.rename')}</Menu.Item>
        <Menu.Item onClick={() => void forget().catch(failed)}>{t('dashboard.delete')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  ) : null;
}

/** Figures, charts and lists side by side; every tile asks with the rights of who looks. */
export default function DashboardPage() {
  const t = useT();
  const { id } = useParams();
  const problemText = useProblemText();
  const { data, isPending } = useKept('dashboards');
  const { update } = useKeptActions('dashboards');
  const [draft, setDraft] = useState<Tiles>();
  const [dialog, setDialog] = useState<Dialog>();
  const kept = id === undefined ? data?.[0] : data?.find((one) => one.id === id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another dashboard is looked at as it is kept
  useEffect(() => setDraft(undefined), [kept?.id]);
  useDocumentTitle(kept?.name ?? t('dashboard.title'));
  if (kept === undefined && (isPending || id !== undefined)) {
    return isPending ? null : <UnknownPage />;
  }
  const tiles = draft ?? kept?.definition.tiles ?? [];
  const done = () => {
    if (kept !== undefined && draft !== undefined) {
      void update(kept.id, { definition: { tiles: draft } }).then(
        () => setDraft(undefined),
        (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }),
      );
    }
  };
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('dashboard.title')}</h1>
        <HeaderTabs
          label={t('dashboard.title')}
          tabs={(data ?? []).map((one) => ({
            to: `/dashboards/${one.id}`,
            text: one.name,
            current: one.id === kept?.id,
          }))}
        >
          <ActionIcon aria-label={t('dashboard.new')} onClick={() => setDialog('new')}>
            <IconPlus size={17} />
          </ActionIcon>
        </HeaderTabs>
        <div className={classes.actions}>
          {draft !== undefined ? (
            <>
              <Button onClick={() => setDraft(undefined)}>{t('action.cancel')}</Button>
              <Button variant="filled" onClick={done}>
                {t('action.save')}
              </Button>
            </>
          ) : (
            kept !== undefined && <Actions kept={kept} onEdit={() => setDraft(tiles)} onOpen={setDialog} />
          )}
        </div>
      </header>
      <div className={classes.boardScroll}>
        <Board tiles={tiles} editing={draft !== undefined} onChange={setDraft} />
      </div>
      <Suspense>
        <Dialogs open={dialog} kept={kept} onClose={() => setDialog(undefined)} />
      </Suspense>
    </div>
  );
}
