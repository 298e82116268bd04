import { Button } from '@mantine/core';
import { IconFilterOff, IconPlus } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { count } from '../api/records';
import { useLabel } from '../api/session';
import { useOpenCreate } from '../form/createUrl';
import { useT } from '../i18n';
import { EntityIcon } from '../ui/icons';
import { AfterPatience, Bone, ErrorState, State, StateText } from '../ui/states';
import { Kbd } from '../ui/Tag';
import { useItemName } from './filter/useItemText';
import { writeFilter } from './filter/write';
import classes from './list.module.css';
import type { ListState } from './listState';
import type { useRows } from './useRows';

const BONES = Array.from({ length: 14 }, (_, index) => ({ key: index, width: 120 + ((index * 53) % 110) }));

function GridBones() {
  return (
    <AfterPatience>
      {BONES.map((bone) => (
        <div key={bone.key} className={classes.boneRow}>
          <Bone width={16} />
          <Bone width={bone.width} />
          <Bone width={90} />
          <Bone width={70} />
        </div>
      ))}
    </AfterPatience>
  );
}

function FirstUse({ entity }: { entity: Entity }) {
  const t = useT();
  const label = useLabel();
  const create = useOpenCreate();
  return (
    <State
      icon={<EntityIcon name={entity.meta.icon} size={22} />}
      title={t('list.empty.title', { name: label(entity.meta.pluralLabel) })}
      actions={
        <>
          <Button
            variant="filled"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            rightSection={<Kbd>C</Kbd>}
            onClick={() => create(entity)}
          >
            {t('action.new')}
          </Button>
          <Button component={Link} to={`/imports/new?entity=${entity.name}`}>
            {t('action.import')}
          </Button>
        </>
      }
    >
      <StateText>{t('list.empty.text')}</StateText>
    </State>
  );
}

/** Which filter stands in the way: what each would let through if it were dropped. */
function NoMatch({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const itemName = useItemName();
  const without = state.items.map((dropped) => writeFilter(state.items.filter((item) => item !== dropped)));
  const counts = useQueries({
    queries: without.map((filter) => ({
      queryKey: ['records', entity.setName, 'count', filter],
      queryFn: ({ signal }: { signal: AbortSignal }) => count(entity, filter === '' ? undefined : filter, signal),
      enabled: state.search === '',
    })),
  });
  const dropOne = (index: number) => state.setItems(state.items.filter((_, other) => other !== index));
  return (
    <State
      icon={<IconFilterOff size={22} stroke={1.6} aria-hidden="true" />}
      title={t('list.noMatch.title')}
      actions={
        state.search === '' ? (
          state.items.map((item, index) => (
            <Button key={without[index]} onClick={() => dropOne(index)}>
              {t('list.noMatch.drop', { name: itemName(item) })}
            </Button>
          ))
        ) : (
          <Button onClick={() => state.change({ q: undefined })}>{t('list.noMatch.dropSearch')}</Button>
        )
      }
    >
      <StateText>
        {state.search === '' ? t('list.noMatch.text') : t('list.noMatch.search', { text: state.search })}{' '}
        {state.items.length > 1 &&
          state.items.map((item, index) => {
            const matches = counts[index]?.data;
            return matches === undefined
              ? null
              : `${t('list.noMatch.without', { name: itemName(item), count: matches })} `;
          })}
      </StateText>
    </State>
  );
}

export function ListStates(props: { entity: Entity; state: ListState; rows: ReturnType<typeof useRows> }) {
  const { entity, state, rows } = props;
  if (rows.isError) {
    return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />;
  }
  if (rows.isPending) {
    return <GridBones />;
  }
  const asked = state.items.length > 0 || state.search !== '';
  return asked ? <NoMatch entity={entity} state={state} /> : <FirstUse entity={entity} />;
}
