import { ActionIcon, Button, Popover } from '@mantine/core';
import { IconFilter, IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { lazy, type RefObject, Suspense, useEffect, useState } from 'react';
import type { Entity } from '../../api/model';
import { useLabel } from '../../api/session';
import { useT } from '../../i18n';
import { usePhone } from '../../ui/usePhone';
import { ColumnsMenu } from '../ColumnsMenu';
import { GroupMenu } from '../GroupMenu';
import type { ListState } from '../listState';
import { SortMenu } from '../SortMenu';
import { type Condition, type FilterItem, isRaw, takesValue } from './conditions';
import classes from './filter.module.css';
import { useItemName, useOperatorText, useValueText } from './useItemText';

const ConditionEditor = lazy(() => import('./ConditionEditor'));

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
  entity: Entity;
  item: FilterItem;
  onChange: (item: FilterItem) => void;
  onRemove: () => void;
}

function Chip({ entity, item, onChange, onRemove }: ChipProps) {
  const t = useT();
  const itemName = useItemName();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <span className={classes.chip}>
        <Popover.Target>
          <button
            type="button"
            className={classes.chipMain}
            title={t('filter.edit', { name: itemName(item) })}
            disabled={isRaw(item)}
            onClick={() => setOpen(!open)}
          >
            {isRaw(item) ? <code className={classes.raw}>{item.raw}</code> : <ChipText condition={item} />}
          </button>
        </Popover.Target>
        <button
          type="button"
          className={classes.chipRemove}
          aria-label={t('filter.remove', { name: itemName(item) })}
          onClick={onRemove}
        >
          <IconX size={13} aria-hidden="true" />
        </button>
      </span>
      <Popover.Dropdown aria-label={t('filter.title')}>
        {!isRaw(item) && (
          <Suspense>
            <ConditionEditor
              entity={entity}
              initial={item}
              onCancel={() => setOpen(false)}
              onApply={(changed) => {
                setOpen(false);
                onChange(changed);
              }}
            />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function AddFilter({ entity, onAdd }: { entity: Entity; onAdd: (item: FilterItem) => void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={15} aria-hidden="true" />}
          onClick={() => setOpen(!open)}
          aria-haspopup="dialog"
          aria-expanded={open}
        >
          {t('filter.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.title')}>
        <Suspense>
          <ConditionEditor
            entity={entity}
            onCancel={() => setOpen(false)}
            onApply={(item) => {
              setOpen(false);
              onAdd(item);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
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
  const t = useT();
  const phone = usePhone();
  const { items, setItems } = state;
  return (
    <div className={classes.bar}>
      <SearchBox entity={entity} state={state} box={searchBox} />
      <div className={classes.chips}>
        <IconFilter size={16} stroke={1.6} aria-hidden="true" className={classes.funnel} />
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: chips have no identity but their place
          <span key={index} className={classes.item}>
            {index > 0 && <span className={classes.and}>{t('filter.and')}</span>}
            <Chip
              entity={entity}
              item={item}
              onChange={(next) => setItems(items.map((before, other) => (other === index ? next : before)))}
              onRemove={() => setItems(items.filter((_, other) => other !== index))}
            />
          </span>
        ))}
        <AddFilter entity={entity} onAdd={(item) => setItems([...items, item])} />
      </div>
      <div className={classes.tools}>
        {state.layout === 'list' && <GroupMenu entity={entity} state={state} />}
        <SortMenu entity={entity} state={state} />
        {state.layout === 'list' && !phone && <ColumnsMenu entity={entity} state={state} />}
      </div>
    </div>
  );
}
