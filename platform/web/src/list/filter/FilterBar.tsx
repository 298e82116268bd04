import { ActionIcon, Button, Drawer, Popover } from '@mantine/core';
import { IconFilter, IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { Fragment, lazy, type RefObject, Suspense, useEffect, useState } from 'react';
import type { Entity } from '../../api/model';
import { useLabel } from '../../api/session';
import { useT } from '../../i18n';
import { usePhone } from '../../ui/usePhone';
import { ColumnsMenu } from '../ColumnsMenu';
import { GroupMenu } from '../GroupMenu';
import type { ListState } from '../listState';
import { SortMenu } from '../SortMenu';
import { type Condition, type FilterItem, type Group, isGroup, isRaw, type Match, takesValue } from './conditions';
import classes from './filter.module.css';
import { useItemName, useOperatorText, useValueText } from './useItemText';

const FilterBuilder = lazy(() => import('./FilterBuilder'));

function ChipText({ condition }: { condition: Condition }) {
  const name = useItemName();
  const operatorText = useOperatorText();
  const value = useValueText(condition);
  return (
    <>
      <span className={classes.chipField}>{name(condition)}</span>
      <span className={classes.chipOperator}>{operatorText(condition.operator, condition.field)}</span>
      {takesValue(condition.operator) && <strong className={classes.chipValue}>{value}</strong>}
    </>
  );
}

interface ChipProps {
  item: FilterItem;
  onOpen: (item: FilterItem) => void;
  onRemove: () => void;
}

function Chip({ item, onOpen, onRemove }: ChipProps) {
  const t = useT();
  const itemName = useItemName();
  const name = itemName(item);
  return (
    <span className={classes.chip}>
      <button
        type="button"
        className={classes.chipMain}
        title={t('filter.edit', { name })}
        aria-haspopup="dialog"
        onClick={() => onOpen(item)}
      >
        {isRaw(item) ? (
          <code className={classes.raw}>{item.raw}</code>
        ) : isGroup(item) ? (
          <GroupText group={item} />
        ) : (
          <ChipText condition={item} />
        )}
      </button>
      <button type="button" className={classes.chipRemove} aria-label={t('filter.remove', { name })} onClick={onRemove}>
        <IconX size={13} aria-hidden="true" />
      </button>
    </span>
  );
}

/** A group within a group, in one chip of its own. */
function GroupText({ group }: { group: Group }) {
  const t = useT();
  return group.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
    <Fragment key={index}>
      {index > 0 && <span className={classes.and}>{t(group.match === 'all' ? 'filter.and' : 'filter.or')}</span>}
      {isRaw(item) ? (
        <code className={classes.raw}>{item.raw}</code>
      ) : isGroup(item) ? (
        <>
          (<GroupText group={item} />)
        </>
      ) : (
        <ChipText condition={item} />
      )}
    </Fragment>
  ));
}

interface ChipsProps {
  items: readonly FilterItem[];
  match: Match;
  onOpen: (item: FilterItem) => void;
  onChange: (items: readonly FilterItem[]) => void;
}

/** Chips with the word between them; alternatives share a tray. */
function Chips({ items, match, onOpen, onChange }: ChipsProps) {
  const t = useT();
  return items.map((item, index) => {
    const put = (next: FilterItem | undefined) =>
      onChange(items.flatMap((before, other) => (other !== index ? [before] : next === undefined ? [] : [next])));
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: chips have no identity but their place
      <span key={index} className={classes.item}>
        {index > 0 && <span className={classes.and}>{t(match === 'all' ? 'filter.and' : 'filter.or')}</span>}
        {isGroup(item) && match === 'all' ? (
          <span className={classes.chipTray}>
            <Chips
              items={item.items}
              match={item.match}
              onOpen={onOpen}
              onChange={(rest) => put(rest.length > 1 ? { ...item, items: rest } : rest[0])}
            />
          </span>
        ) : (
          <Chip item={item} onOpen={onOpen} onRemove={() => put(undefined)} />
        )}
      </span>
    );
  });
}

/** What the builder was opened for: one chip, or a condition more. */
type Opened = { chip: FilterItem | undefined } | undefined;

interface FiltersProps extends Pick<ListState, 'items' | 'setItems'> {
  entity: Entity;
}

/** The conditions as chips, and the way to change them. */
export function Filters({ entity, items, setItems }: FiltersProps) {
  const t = useT();
  const phone = usePhone();
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const builder = opened !== undefined && (
    <Suspense>
      <FilterBuilder
        entity={entity}
        items={items}
        chip={opened.chip}
        onCancel={close}
        onApply={(next) => {
          close();
          setItems(next);
        }}
      />
    </Suspense>
  );
  const open = (chip?: FilterItem) => setOpened({ chip });
  return (
    <>
      <Popover
        opened={opened !== undefined && !phone}
        onChange={(now) => !now && close()}
        position="bottom-start"
        trapFocus
        returnFocus
        // Lists and calendars of its controls open outside of it.
        closeOnClickOutside={false}
        closeOnEscape={false}
        // The dialog has a name of its own; the funnel it stands under says nothing.
        withRoles={false}
      >
        <Popover.Target>
          <span className={classes.funnel} aria-hidden="true">
            <IconFilter size={16} stroke={1.6} />
          </span>
        </Popover.Target>
        <Popover.Dropdown role="dialog" tabIndex={-1} aria-label={t('filter.title')} className={classes.dropdown}>
          {!phone && builder}
        </Popover.Dropdown>
      </Popover>
      <Drawer
        opened={opened !== undefined && phone}
        onClose={close}
        position="bottom"
        size="90dvh"
        title={t('filter.title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {phone && builder}
      </Drawer>
      <Chips items={items} match="all" onOpen={open} onChange={setItems} />
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconPlus size={15} aria-hidden="true" />}
        onClick={() => open()}
        aria-haspopup="dialog"
        aria-expanded={opened !== undefined}
      >
        {t('filter.add')}
      </Button>
    </>
  );
}

const TYPING_MS = 250;

function SearchBox(props: { entity: Entity; state: ListState; box: RefObject<HTMLInputElement | null> }) {
  const t = useT();
  const label = useLabel();
  const { search, change } = props.state;
  const [typed, setTyped] = useState(search);
  useEffect(() => setTyped(search), [search]);
  useEffect(() => {
    if (typed === search) {
      return;
    }
    const timer = setTimeout(() => change({ q: typed === '' ? undefined : typed }, 'replace'), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, search, change]);
  const name = t('list.searchHere', { name: label(props.entity.meta.pluralLabel) });
  return (
    <div className={classes.search}>
      <IconSearch size={15} stroke={1.6} aria-hidden="true" />
      <input
        ref={props.box}
        type="search"
        className={classes.searchInput}
        value={typed}
        aria-label={name}
        placeholder={name}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setTyped('');
            event.currentTarget.blur();
          }
        }}
      />
      {typed !== '' && (
        <ActionIcon size={24} aria-label={t('action.clear')} onClick={() => setTyped('')}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  );
}

interface BarProps {
  entity: Entity;
  state: ListState;
  searchBox: RefObject<HTMLInputElement | null>;
}

export function FilterBar({ entity, state, searchBox }: BarProps) {
  const phone = usePhone();
  return (
    <div className={classes.bar}>
      <SearchBox entity={entity} state={state} box={searchBox} />
      <div className={classes.chips}>
        <Filters entity={entity} items={state.items} setItems={state.setItems} />
      </div>
      <div className={classes.tools}>
        {state.layout === 'list' && <GroupMenu entity={entity} state={state} />}
        {(state.layout === 'list' || state.layout === 'board') && <SortMenu entity={entity} state={state} />}
        {state.layout === 'list' && !phone && <ColumnsMenu entity={entity} state={state} />}
      </div>
    </div>
  );
}
