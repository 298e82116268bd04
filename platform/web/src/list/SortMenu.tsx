import { Button, Menu } from '@mantine/core';
import { IconArrowsSort } from '@tabler/icons-react';
import type { Entity } from '../api/model';
import { isLong } from '../api/odata';
import { useLabel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { usePhone } from '../ui/usePhone';
import classes from './list.module.css';
import type { ListState } from './listState';

export function sortable(field: FieldMeta): boolean {
  return field.sortable !== false && !isLong(field.type);
}

export function SortMenu({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const label = useLabel();
  const phone = usePhone();
  const [first] = state.sorts;
  const field = first === undefined ? undefined : entity.field(first.field);
  const shown = field === undefined ? t('list.sortNone') : label(field.label, field.name);
  const fields = [...entity.fields, ...entity.systemFields()].filter(sortable);
  const sortBy = (name: string, desc: boolean) => state.change({ sort: desc ? `-${name}` : name });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconArrowsSort size={15} aria-hidden="true" />}
          aria-label={`${t('list.sort')}: ${shown}`}
        >
          {phone ? null : shown}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menuScroll}>
        {[false, true].map((desc) => (
          <Menu.RadioItem
            key={String(desc)}
            value={String(desc)}
            checked={first !== undefined && first.desc === desc}
            disabled={first === undefined}
            onChange={() => first !== undefined && sortBy(first.field, desc)}
          >
            {t(desc ? 'list.descending' : 'list.ascending')}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        {fields.map((candidate) => (
          <Menu.RadioItem
            key={candidate.name}
            value={candidate.name}
            checked={candidate.name === first?.field}
            onChange={() => sortBy(candidate.name, first?.desc ?? false)}
          >
            {label(candidate.label, candidate.name)}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
