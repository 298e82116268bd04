import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import {
  type EntityAccess,
  FIELD_LEVELS,
  type FieldLevel,
  LEVELS,
  type Level,
  OTHERS,
  PRIVILEGES,
  type Privilege,
  type Role,
  useAccess,
  useAccessActions,
} from '../api/access';
import type { Entity } from '../api/model';
import { useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { ErrorState } from '../ui/states';
import classes from './access.module.css';
import { useSaved } from './useSaved';

type Entities = Role['entities'];

/** Says nothing where nothing is said. */
function withLevel(entities: Entities, name: string, privilege: Privilege, level: Level | ''): Entities {
  const { [privilege]: _, ...rest } = entities[name] ?? {};
  return tidy(entities, name, level === '' ? rest : { ...rest, [privilege]: level });
}

function withField(entities: Entities, name: string, field: string, level: FieldLevel | ''): Entities {
  const { fields = {}, ...privileges } = entities[name] ?? {};
  const { [field]: _, ...others } = fields;
  const next = level === '' ? others : { ...others, [field]: level };
  return tidy(entities, name, Object.keys(next).length === 0 ? privileges : { ...privileges, fields: next });
}

function tidy(entities: Entities, name: string, said: EntityAccess): Entities {
  const { [name]: _, ...rest } = entities;
  return Object.keys(said).length === 0 ? rest : { ...rest, [name]: said };
}

interface MatrixProps {
  role: string;
  entities: Entities;
  onChange: (entities: Entities) => void;
}

function LevelSelect(props: {
  label: string;
  value: Level | '';
  others: boolean;
  onChange: (level: Level | '') => void;
}) {
  const t = useT();
  return (
    <select
      className={classes.level}
      data-level={props.value}
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value as Level | '')}
    >
      <option value="">{t(props.others ? 'access.level.none' : 'access.asOthers')}</option>
      {LEVELS.filter((level) => !props.others || level !== 'none').map((level) => (
        <option key={level} value={level}>
          {t(`access.level.${level}`)}
        </option>
      ))}
    </select>
  );
}

/** Single fields of an entity: hidden, masked, for reading, for changing. */
function Fields({ entity, entities, onChange }: MatrixProps & { entity: Entity }) {
  const t = useT();
  const label = useLabel();
  const said = entities[entity.name]?.fields ?? {};
  const masks = (type: string) => ['text', 'email', 'phone', 'url', 'autoNumber'].includes(type);
  return (
    <ul className={classes.fields}>
      {entity.fields.map((field) => {
        const name = label(field.label, field.name);
        const levels = FIELD_LEVELS.filter(
          (level) => (level !== 'masked' || masks(field.type)) && (level !== 'none' || field !== entity.nameField),
        );
        return (
          <li key={field.name}>
            <span className={classes.fieldName}>{name}</span>
            <select
              className={classes.level}
              aria-label={t('access.fieldOf', { name })}
              value={said[field.name] ?? ''}
              onChange={(event) =>
                onChange(withField(entities, entity.name, field.name, event.currentTarget.value as FieldLevel | ''))
              }
            >
              <option value="">{t('access.asRecord')}</option>
              {levels.map((level) => (
                <option key={level} value={level}>
                  {t(`access.field.${level}`)}
                </option>
              ))}
            </select>
          </li>
        );
      })}
    </ul>
  );
}

function Matrix(props: MatrixProps) {
  const { entities, onChange } = props;
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const [open, setOpen] = useState<string>();
  const row = (name: string, title: string) =>
    PRIVILEGES.map((privilege) => (
      <td key={privilege}>
        <LevelSelect
          label={`${title}: ${t(`access.privilege.${privilege}`)}`}
          others={name === OTHERS}
          value={entities[name]?.[privilege] ?? ''}
          onChange={(level) => onChange(withLevel(entities, name, privilege, level))}
        />
      </td>
    ));
  return (
    <table className={classes.matrix}>
      <thead>
        <tr>
          <th scope="col">{t('access.entity')}</th>
          {PRIVILEGES.map((privilege) => (
            <th key={privilege} scope="col">
              {t(`access.privilege.${privilege}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">
            <span className={classes.others}>{t('access.others')}</span>
          </th>
          {row(OTHERS, t('access.others'))}
        </tr>
        {model.entities.map((entity) => {
          const title = label(entity.meta.pluralLabel, entity.name);
          const hidden = Object.keys(entities[entity.name]?.fields ?? {}).length;
          const shown = open === entity.name;
          const Arrow = shown ? IconChevronDown : IconChevronRight;
          return (
            <Fragment key={entity.name}>
              <tr>
                <th scope="row">
                  <button
                    type="button"
                    className={classes.fold}
                    aria-expanded={shown}
                    title={t('access.fieldsOf', { name: title })}
                    onClick={() => setOpen(shown ? undefined : entity.name)}
                  >
                    <Arrow size={15} aria-hidden="true" />
                    {title}
                    {hidden > 0 && <span className={classes.note}>{t('access.fieldsSaid', { count: hidden })}</span>}
                  </button>
                </th>
                {row(entity.name, title)}
              </tr>
              {shown && (
                <tr>
                  <td colSpan={PRIVILEGES.length + 1}>
                    <Fields {...props} entity={entity} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function RoleEditor({ role }: { role: Role }) {
  const t = useT();
  const saved = useSaved();
  const { put, remove } = useAccessActions('roles');
  const before = { entities: role.entities, privacy: role.privacy === true };
  const [draft, setDraft] = useState<typeof before>();
  const { entities, privacy } = draft ?? before;
  const save = async () => {
    if (
      await saved(put(role.id, { entities, privacy }), t('access.saved', { name: role.id }), () => put(role.id, before))
    ) {
      setDraft(undefined);
    }
  };
  const forget = () => saved(remove(role.id), t('report.deleted', { name: role.id }), () => put(role.id, before));
  return (
    <section className={classes.editor} aria-label={role.id}>
      <div className={classes.editorHead}>
        <h2 className={classes.subtitle}>{role.id}</h2>
        {draft !== undefined && <Button onClick={() => setDraft(undefined)}>{t('action.cancel')}</Button>}
        <Button variant="filled" disabled={draft === undefined} onClick={() => void save()}>
          {t('action.save')}
        </Button>
        <ActionIcon aria-label={t('access.deleteRole', { name: role.id })} onClick={() => void forget()}>
          <IconTrash size={17} stroke={1.6} />
        </ActionIcon>
      </div>
      <p className={classes.hint}>{t('access.hint')}</p>
      <Checkbox
        className={classes.hint}
        label={t('access.privacy')}
        checked={privacy}
        onChange={(event) => setDraft({ entities, privacy: event.currentTarget.checked })}
      />
      <Matrix role={role.id} entities={entities} onChange={(next) => setDraft({ entities: next, privacy })} />
    </section>
  );
}

const NAME = /^[a-z][a-z0-9-]{0,59}$/;

/** What each role allows, entity by entity and, where it matters, field by field. */
export function RolesTab() {
  const t = useT();
  const saved = useSaved();
  const { data, error, refetch } = useAccess('roles');
  const { put } = useAccessActions('roles');
  const [chosen, setChosen] = useState<string>();
  const [name, setName] = useState('');
  const role = data?.find((one) => one.id === chosen) ?? data?.[0];
  const add = async () => {
    if (await saved(put(name, { entities: { [OTHERS]: { read: 'own' } } }), t('access.saved', { name }))) {
      setChosen(name);
      setName('');
    }
  };
  if (error !== null) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div className={classes.body}>
      <div className={classes.side}>
        <ul className={classes.names} aria-label={t('access.tab.roles')}>
          {data?.map((one) => (
            <li key={one.id}>
              <button type="button" aria-current={one.id === role?.id} onClick={() => setChosen(one.id)}>
                {one.id}
              </button>
            </li>
          ))}
        </ul>
        <form
          className={classes.add}
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <TextInput
            label={t('access.newRole')}
            description={t('access.roleName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!NAME.test(name)} leftSection={<IconPlus size={15} aria-hidden="true" />}>
            {t('access.add')}
          </Button>
        </form>
      </div>
      {role === undefined ? (
        <p className={classes.hint}>{data !== undefined && t('access.noRoles')}</p>
      ) : (
        <RoleEditor key={role.id} role={role} />
      )}
    </div>
  );
}
