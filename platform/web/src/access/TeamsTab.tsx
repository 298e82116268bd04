import { ActionIcon, MultiSelect, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type Team, useAccess, useAccessActions } from '../api/access';
import { useUsers } from '../api/session';
import { useT } from '../i18n';
import { AddNamed } from './AddNamed';
import classes from './access.module.css';
import { useRoleNames, useUnitChoices } from './PeopleTab';
import { useSaved } from './useSaved';

type Said = Pick<Team, 'name' | 'roles' | 'members'> & { unit: string | null };

const saidOf = ({ name, roles, members, unit = null }: Team): Said => ({ name, roles, members, unit });

function Row({ team }: { team: Team }) {
  const t = useT();
  const users = useUsers();
  const saved = useSaved();
  const roles = useRoleNames();
  const units = useUnitChoices();
  const { put, remove } = useAccessActions('teams');
  const before = saidOf(team);
  const back = () => put(team.id, before);
  const set = (change: Partial<Said>) =>
    saved(put(team.id, { ...before, ...change }), t('access.saved', { name: team.name }), back);
  return (
    <tr>
      <th scope="row">{team.name}</th>
      <td>
        <MultiSelect
          aria-label={t('access.membersOf', { name: team.name })}
          searchable
          data={[...users.values()].map((user) => ({ value: user.id, label: user.displayName }))}
          value={team.members.map((member) => member.user)}
          // Who stays keeps the days of the membership.
          onChange={(ids) =>
            void set({ members: ids.map((user) => team.members.find((one) => one.user === user) ?? { user }) })
          }
        />
      </td>
      <td>
        <MultiSelect
          aria-label={t('access.rolesOf', { name: team.name })}
          data={roles}
          value={[...team.roles]}
          onChange={(next) => void set({ roles: next })}
        />
      </td>
      <td>
        <Select
          aria-label={t('access.unitOf', { name: team.name })}
          placeholder={t('access.noUnit')}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          data={units}
          value={team.unit ?? null}
          onChange={(unit) => void set({ unit })}
        />
      </td>
      <td>
        <ActionIcon
          aria-label={t('access.remove', { name: team.name })}
          onClick={() => void saved(remove(team.id), t('report.deleted', { name: team.name }), back)}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </td>
    </tr>
  );
}

/** Who works together: members, what they may do as such, and the unit of the team. */
export function TeamsTab() {
  const t = useT();
  const saved = useSaved();
  const { data = [] } = useAccess('teams');
  const { put } = useAccessActions('teams');
  return (
    <div className={classes.scroll}>
      <table className={classes.matrix} data-wide>
        <thead>
          <tr>
            <th scope="col">{t('access.team')}</th>
            <th scope="col">{t('access.members')}</th>
            <th scope="col">{t('access.tab.roles')}</th>
            <th scope="col">{t('access.unit')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {data.map((team) => (
            <Row key={team.id} team={team} />
          ))}
        </tbody>
      </table>
      <AddNamed
        label={t('access.newTeam')}
        onAdd={(name) =>
          saved(put(crypto.randomUUID(), { name, unit: null, roles: [], members: [] }), t('access.saved', { name }))
        }
      />
    </div>
  );
}
