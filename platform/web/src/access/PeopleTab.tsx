import { MultiSelect, Select } from '@mantine/core';
import { type Person, useAccess, useAccessActions } from '../api/access';
import { useUsers } from '../api/session';
import type { User } from '../api/types';
import { useT } from '../i18n';
import { Avatar } from '../ui/Avatar';
import classes from './access.module.css';
import { useSaved } from './useSaved';

/** Those that can be given: the stored ones, and the one that everybody without roles holds. */
export function useRoleNames(): string[] {
  const { data = [] } = useAccess('roles');
  return [...new Set(['member', ...data.map((role) => role.id)])];
}

export function useUnitChoices(): { value: string; label: string }[] {
  const { data = [] } = useAccess('units');
  return data.map((unit) => ({ value: unit.id, label: unit.name }));
}

function Row({ user, person, users }: { user: User; person: Person | undefined; users: readonly User[] }) {
  const t = useT();
  const saved = useSaved();
  const roles = useRoleNames();
  const units = useUnitChoices();
  const { put } = useAccessActions('users');
  const before = { roles: person?.roles ?? [], unit: person?.unit ?? null, manager: person?.manager ?? null };
  const others = users
    .filter((other) => other.id !== user.id)
    .map((other) => ({ value: other.id, label: other.displayName }));
  const set = (change: Partial<typeof before>) =>
    saved(put(user.id, { ...before, ...change }), t('access.saved', { name: user.displayName }), () =>
      put(user.id, before),
    );
  return (
    <tr>
      <th scope="row">
        <span className={classes.person}>
          <Avatar name={user.displayName} />
          {user.displayName}
        </span>
      </th>
      <td>
        <MultiSelect
          aria-label={t('access.rolesOf', { name: user.displayName })}
          placeholder={before.roles.length === 0 ? t('access.member') : ''}
          data={roles}
          value={[...before.roles]}
          onChange={(next) => void set({ roles: next })}
        />
      </td>
      <td>
        <Select
          aria-label={t('access.unitOf', { name: user.displayName })}
          placeholder={t('access.noUnit')}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          data={units}
          value={before.unit}
          onChange={(unit) => void set({ unit })}
        />
      </td>
      <td>
        <Select
          aria-label={t('access.managerOf', { name: user.displayName })}
          placeholder={t('access.noManager')}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          searchable
          data={others}
          value={before.manager}
          onChange={(manager) => void set({ manager })}
        />
      </td>
    </tr>
  );
}

/** Which roles each member holds, and the unit each belongs to. */
export function PeopleTab() {
  const t = useT();
  const users = useUsers();
  const { data = [] } = useAccess('users');
  return (
    <div className={classes.scroll}>
      <table className={classes.matrix} data-wide>
        <thead>
          <tr>
            <th scope="col">{t('access.person')}</th>
            <th scope="col">{t('access.tab.roles')}</th>
            <th scope="col">{t('access.unit')}</th>
            <th scope="col">{t('access.manager')}</th>
          </tr>
        </thead>
        <tbody>
          {[...users.values()].map((user) => (
            <Row
              key={user.id}
              user={user}
              users={[...users.values()]}
              person={data.find((one) => one.id === user.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
