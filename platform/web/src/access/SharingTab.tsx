import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconShare, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useMemo, useState } from 'react';
import { type SharingRule, useAccess, useAccessActions } from '../api/access';
import { useLabel, useModel, useUsers } from '../api/session';
import { useT } from '../i18n';
import { Filters } from '../list/filter/FilterBar';
import { readFilter } from '../list/filter/read';
import { writeFilter } from '../list/filter/write';
import { ErrorState, State, StateText } from '../ui/states';
import { Tag } from '../ui/Tag';
import classes from './access.module.css';
import { useSaved } from './useSaved';

type Draft = Pick<SharingRule, 'id' | 'name' | 'entity' | 'filter' | 'principal' | 'level'>;

const saidOf = ({ name, entity, filter, principal, level }: Draft) => ({ name, entity, filter, principal, level });

/** Whoever records can be shown to: people, teams, units. */
function usePrincipals(): { group: string; items: { value: string; label: string }[] }[] {
  const t = useT();
  const users = useUsers();
  const { data: teams = [] } = useAccess('teams');
  const { data: units = [] } = useAccess('units');
  const named = (all: readonly { id: string; name: string }[]) =>
    all.map((one) => ({ value: one.id, label: one.name }));
  return [
    { group: t('access.tab.teams'), items: named(teams) },
    { group: t('access.tab.units'), items: named(units) },
    {
      group: t('access.tab.people'),
      items: [...users.values()].map((user) => ({ value: user.id, label: user.displayName })),
    },
  ].filter((one) => one.items.length > 0);
}

function RuleForm({ initial, onDone }: { initial: Draft; onDone: () => void }) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const saved = useSaved();
  const principals = usePrincipals();
  const { put } = useAccessActions('rules');
  const [draft, setDraft] = useState(initial);
  const set = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const entity = model.entity(draft.entity);
  const items = useMemo(
    () => (entity === undefined ? [] : readFilter(model, entity, draft.filter)),
    [model, entity, draft.filter],
  );
  const save = (event: FormEvent) => {
    event.preventDefault();
    void saved(put(draft.id, saidOf(draft)), t('access.saved', { name: draft.name })).then((done) => done && onDone());
  };
  return (
    <form className={classes.ruleForm} onSubmit={save}>
      <TextInput
        label={t('access.ruleName')}
        required
        maxLength={100}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('access.entity')}
        value={draft.entity}
        data={model.entities.map((one) => ({ value: one.name, label: label(one.meta.pluralLabel, one.name) }))}
        onChange={(event) => set({ entity: event.currentTarget.value, filter: '' })}
      />
      <fieldset className={classes.ruleFilter}>
        <legend>{t('access.ruleFilter')}</legend>
        <p>{t('access.ruleFilterHint')}</p>
        {entity !== undefined && (
          <div className={classes.ruleChips}>
            <Filters entity={entity} items={items} setItems={(next) => set({ filter: writeFilter(next) })} />
          </div>
        )}
      </fieldset>
      <NativeSelect
        label={t('access.rulePrincipal')}
        required
        value={draft.principal}
        data={['', ...principals]}
        onChange={(event) => set({ principal: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('access.ruleLevel')}
        value={draft.level}
        data={[
          { value: 'read', label: t('explain.reads') },
          { value: 'update', label: t('explain.updates') },
        ]}
        onChange={(event) => set({ level: event.currentTarget.value as Draft['level'] })}
      />
      <div className={classes.ruleActions}>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
        <Button type="submit" variant="filled" disabled={draft.filter === '' || draft.principal === ''}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

/** Rules that show all records which meet a condition to a person, a team or a unit. */
export function SharingTab() {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const saved = useSaved();
  const principals = usePrincipals().flatMap((one) => one.items);
  const { data, error, refetch } = useAccess('rules');
  const { put, remove } = useAccessActions('rules');
  const [open, setOpen] = useState<Draft>();
  const add = () =>
    setOpen({
      id: crypto.randomUUID(),
      name: '',
      entity: model.entities[0]?.name ?? '',
      filter: '',
      principal: '',
      level: 'read',
    });
  const forget = (rule: SharingRule) =>
    void saved(remove(rule.id), t('report.deleted', { name: rule.name }), () => put(rule.id, saidOf(rule)));
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (open !== undefined) {
    return (
      <div className={classes.scroll}>
        <RuleForm initial={open} onDone={() => setOpen(undefined)} />
      </div>
    );
  }
  const button = (
    <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={add}>
      {t('access.newRule')}
    </Button>
  );
  return (
    <div className={classes.scroll}>
      {data?.length === 0 && (
        <State
          icon={<IconShare size={22} stroke={1.6} aria-hidden="true" />}
          title={t('access.noRules')}
          actions={button}
        >
          <StateText>{t('access.noRulesText')}</StateText>
        </State>
      )}
      {data !== undefined && data.length > 0 && (
        <>
          <ul className={classes.rules} aria-label={t('access.tab.sharing')}>
            {data.map((rule) => (
              <li key={rule.id}>
                <span className={classes.rule}>
                  <strong>{rule.name}</strong>
                  <span>
                    {label(model.entity(rule.entity)?.meta.pluralLabel, rule.entity)}: <code>{rule.filter}</code> →{' '}
                    {principals.find((one) => one.value === rule.principal)?.label ?? rule.principal}
                  </span>
                </span>
                <Tag>{t(rule.level === 'update' ? 'explain.updates' : 'explain.reads')}</Tag>
                <ActionIcon aria-label={t('access.changeNamed', { name: rule.name })} onClick={() => setOpen(rule)}>
                  <IconPencil size={16} stroke={1.6} />
                </ActionIcon>
                <ActionIcon aria-label={t('access.remove', { name: rule.name })} onClick={() => forget(rule)}>
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              </li>
            ))}
          </ul>
          <div className={classes.ruleActions}>{button}</div>
        </>
      )}
    </div>
  );
}
