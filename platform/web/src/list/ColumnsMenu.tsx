import { ActionIcon, Menu } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import type { Entity } from '../api/model';
import { isLong } from '../api/odata';
import { useLabel } from '../api/session';
import { useT } from '../i18n';
import classes from './list.module.css';
import { type ListState, MOST_FROZEN } from './listState';

export function ColumnsMenu({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const label = useLabel();
  const shown = state.columns.map((field) => field.name);
  const toggle = (name: string) => {
    const next = shown.includes(name) ? shown.filter((other) => other !== name) : [...shown, name];
    state.change({ columns: next.join(',') }, 'replace');
  };
  const fields = [...entity.fields, ...entity.systemFields()].filter(
    (field) => field.name !== entity.nameField.name && !isLong(field.type),
  );
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon aria-label={t('list.columns')}>
          <IconColumns3 size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.menuScroll}>
        {fields.map((field) => (
          <Menu.CheckboxItem key={field.name} checked={shown.includes(field.name)} onChange={() => toggle(field.name)}>
            {label(field.label, field.name)}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('list.frozen')}</Menu.Label>
        {Array.from({ length: Math.min(MOST_FROZEN, state.columns.length) }, (_, index) => index + 1).map((count) => (
          <Menu.RadioItem
            key={count}
            value={String(count)}
            checked={count === state.frozen}
            onChange={() => state.change({ frozen: String(count) }, 'replace')}
          >
            {t('list.frozenCount', { count })}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => state.change({ columns: undefined, frozen: undefined }, 'replace')}>
          {t('list.columnsReset')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
