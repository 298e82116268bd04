import { ActionIcon, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type Unit, useAccess, useAccessActions } from '../api/access';
import { useT } from '../i18n';
import { AddNamed } from './AddNamed';
import classes from './access.module.css';
import { useSaved } from './useSaved';

/** Units with those below them, in the order of a tree. */
function asTree(units: readonly Unit[], parent: string | null = null, depth = 0): { unit: Unit; depth: number }[] {
  return units
    .filter((unit) => (unit.parent ?? null) === parent)
    .flatMap((unit) => [{ unit, depth }, ...asTree(units, unit.id, depth + 1)]);
}

/** The tree of units; a level of a role may reach those below. */
export function UnitsTab() {
  const t = useT();
  const saved = useSaved();
  const { data = [] } = useAccess('units');
  const { put, remove } = useAccessActions('units');
  const forget = ({ id, name, parent = null }: Unit) =>
    saved(remove(id), t('report.deleted', { name }), () => put(id, { name, parent }));
  return (
    <div className={classes.scroll}>
      <table className={classes.matrix} data-wide>
        <thead>
          <tr>
            <th scope="col">{t('access.unit')}</th>
            <th scope="col">{t('access.parent')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {asTree(data).map(({ unit, depth }) => (
            <tr key={unit.id}>
              <th scope="row" style={{ paddingInlineStart: 12 + depth * 20 }}>
                {unit.name}
              </th>
              <td>
                <Select
                  aria-label={t('access.parentOf', { name: unit.name })}
                  placeholder={t('access.top')}
                  clearable
                  clearButtonProps={{ 'aria-label': t('action.clear') }}
                  data={data.filter((one) => one.id !== unit.id).map((one) => ({ value: one.id, label: one.name }))}
                  value={unit.parent ?? null}
                  onChange={(parent) =>
                    void saved(put(unit.id, { name: unit.name, parent }), t('access.saved', { name: unit.name }), () =>
                      put(unit.id, { name: unit.name, parent: unit.parent ?? null }),
                    )
                  }
                />
              </td>
              <td>
                <ActionIcon aria-label={t('access.remove', { name: unit.name })} onClick={() => void forget(unit)}>
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AddNamed
        label={t('access.newUnit')}
        onAdd={(name) => saved(put(crypto.randomUUID(), { name, parent: null }), t('access.saved', { name }))}
      />
    </div>
  );
}
