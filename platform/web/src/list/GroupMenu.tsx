import { Button, Menu } from '@mantine/core';
import { IconLayoutRows } from '@tabler/icons-react';
import type { Entity } from '../api/model';
import { useLabel } from '../api/session';
import { useT } from '../i18n';
import { usePhone } from '../ui/usePhone';
import classes from './list.module.css';
import { groupable, type ListState } from './listState';

export function GroupMenu({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const label = useLabel();
  const phone = usePhone();
  const { group } = state;
  const shown = group === undefined ? t('list.groupNone') : label(group.label, group.name);
  const fields = entity.fields.filter((field) => groupable(field) && field.name !== entity.nameField.name);
  const choose = (name: string) => state.change({ group: name, peek: undefined });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconLayoutRows size={15} aria-hidden="true" />}
          aria-label={`${t('list.group')}: ${shown}`}
        >
          {phone ? null : group === undefined ? t('list.group') : shown}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menuScroll}>
        <Menu.RadioItem value="" checked={group === undefined} onChange={() => choose('')}>
          {t('list.groupNone')}
        </Menu.RadioItem>
        <Menu.Divider />
        {fields.map((field) => (
          <Menu.RadioItem
            key={field.name}
            value={field.name}
            checked={field.name === group?.name}
            onChange={() => choose(field.name)}
          >
            {label(field.label, field.name)}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
