import { ActionIcon, Button, Popover, Select } from '@mantine/core';
import { IconArrowsSort, IconPlus, IconSortAscending, IconSortDescending, IconX } from '@tabler/icons-react';
import type { Entity } from '../api/model';
import { isLong } from '../api/odata';
import { useLabel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { usePhone } from '../ui/usePhone';
import classes from './list.module.css';
import { type ListState, MOST_SORTS, type Sort, writeSort } from './listState';

export function sortable(field: FieldMeta): boolean {
  return field.sortable !== false && !isLong(field.type);
}

interface LevelProps {
  sort: Sort;
  fields: readonly FieldMeta[];
  onChange: (sort: Sort) => void;
  onRemove: () => void;
}

function Level({ sort, fields, onChange, onRemove }: LevelProps) {
  const t = useT();
  const label = useLabel();
  const known = fields.find((field) => field.name === sort.field);
  const Direction = sort.desc ? IconSortDescending : IconSortAscending;
  const name = label(known?.label, sort.field);
  return (
    <div className={classes.sortLevel}>
      <Select
        aria-label={t('list.sort')}
        searchable
        allowDeselect={false}
        openOnFocus={false}
        comboboxProps={{ withinPortal: false }}
        data={fields.map((field) => ({ value: field.name, label: label(field.label, field.name) }))}
        value={sort.field}
        onChange={(field) => field !== null && onChange({ ...sort, field })}
      />
      <Button
        leftSection={<Direction size={16} stroke={1.6} aria-hidden="true" />}
        aria-label={`${name}: ${t(sort.desc ? 'list.descending' : 'list.ascending')}`}
        onClick={() => onChange({ ...sort, desc: !sort.desc })}
      >
        {t(sort.desc ? 'list.descending' : 'list.ascending')}
      </Button>
      <ActionIcon aria-label={t('list.sortRemove', { name })} onClick={onRemove}>
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

/** By what the rows stand in order: a first field, and others where it says the same. */
export function SortMenu({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const label = useLabel();
  const phone = usePhone();
  const { sorts } = state;
  const fields = [...entity.fields, ...entity.systemFields()].filter(sortable);
  const names = sorts.map((sort) => label(entity.field(sort.field)?.label, sort.field));
  const shown = names.length === 0 ? t('list.sortNone') : names.join(t('list.sortThen'));
  const put = (next: readonly Sort[]) => state.change({ sort: writeSort(next) });
  const free = fields.filter((field) => !sorts.some((sort) => sort.field === field.name));
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconArrowsSort size={15} aria-hidden="true" />}
          aria-label={`${t('list.sort')}: ${shown}`}
        >
          {phone
            ? null
            : names.length > 1
              ? t('list.sortMore', { name: names[0] ?? '', count: names.length - 1 })
              : shown}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('list.sort')} className={classes.sortLevels}>
        {sorts.map((sort, index) => (
          <Level
            key={sort.field}
            sort={sort}
            fields={fields.filter((field) => field.name === sort.field || free.includes(field))}
            onChange={(next) => put(sorts.map((before, other) => (other === index ? next : before)))}
            onRemove={() => put(sorts.filter((_, other) => other !== index))}
          />
        ))}
        {sorts.length < MOST_SORTS && (
          <Select
            aria-label={t('list.sortAdd')}
            placeholder={t('list.sortAdd')}
            searchable
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            data={free.map((field) => ({ value: field.name, label: label(field.label, field.name) }))}
            value={null}
            comboboxProps={{ withinPortal: false }}
            onChange={(field) => field !== null && put([...sorts, { field, desc: false }])}
          />
        )}
        {!phone && <p className={classes.sortHint}>{t('list.sortHint')}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
