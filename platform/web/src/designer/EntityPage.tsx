import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Entity } from '../api/model';
import { useLabel, useModel, useSession } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { HeaderTabs } from '../ui/HeaderTabs';
import { FieldIcon } from '../ui/icons';
import { Tag } from '../ui/Tag';
import classes from './designer.module.css';
import { EntitySheet, NEW_ENTITY } from './EntitySheet';
import { FieldSheet } from './FieldSheet';
import { additionsOf, changeOf, draftOf, emptyDraft, labelOf } from './fieldForm';
import { LayoutTab } from './LayoutTab';
import { RulesTab } from './RulesTab';
import { type Planning, usePlanning } from './usePlanning';
import { ViewsTab } from './ViewsTab';

const isOwn = (name: string) => name.startsWith('c_');

function Marks({ field }: { field: FieldMeta }) {
  const t = useT();
  return (
    <span className={classes.marks}>
      {field.required && <Tag>{t('design.required')}</Tag>}
      {field.unique && <Tag>{t('design.unique')}</Tag>}
      {field.indexed && <Tag>{t('design.indexed')}</Tag>}
      {field.formula !== undefined && <Tag>{t('design.type.formula')}</Tag>}
      {field.rollUp !== undefined && <Tag>{t('design.type.rollUp')}</Tag>}
    </span>
  );
}

interface FieldRowProps {
  field: FieldMeta;
  onEdit: () => void;
  onRemove: () => void;
}

function FieldRow({ field, onEdit, onRemove }: FieldRowProps) {
  const t = useT();
  const label = useLabel();
  const name = label(field.label, field.name);
  return (
    <li className={classes.row}>
      <FieldIcon type={field.type} />
      <span className={classes.rowName}>
        {name}
        <code>{field.formula?.expression ?? field.name}</code>
      </span>
      <span className={classes.rowCount}>{t(`design.type.${field.type}`)}</span>
      <Marks field={field} />
      <ActionIcon aria-label={t('design.editNamed', { name })} onClick={onEdit}>
        <IconPencil size={16} stroke={1.6} />
      </ActionIcon>
      {isOwn(field.name) && (
        <ActionIcon aria-label={t('design.removeNamed', { name })} onClick={onRemove}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </li>
  );
}

type Open = { what: 'new' } | { what: 'field'; field: FieldMeta } | undefined;

interface TabProps {
  entity: Entity;
  planning: Planning;
}

function FieldForm({ entity, planning, open, onClose }: TabProps & { open: Open; onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const key = entity.meta.key ?? entity.name;
  const title = label(entity.meta.label, entity.name);
  if (open === undefined) {
    return null;
  }
  if (open.what === 'new') {
    return (
      <FieldSheet
        entity={entity}
        title={t('design.newField')}
        initial={emptyDraft()}
        isNew
        own
        onClose={onClose}
        onReview={async (draft) => {
          await planning.plan(`${title}: ${draft.en || draft.zh}`, additionsOf(key, draft, model));
          onClose();
        }}
      />
    );
  }
  const { field } = open;
  const name = label(field.label, field.name);
  const before = draftOf(field);
  const own = isOwn(field.name);
  return (
    <FieldSheet
      entity={entity}
      title={t('design.editNamed', { name })}
      initial={before}
      isNew={false}
      own={own}
      onClose={onClose}
      onReview={async (draft) => {
        const change = changeOf(`${key}.${field.name}`, own, before, draft, model);
        await planning.plan(`${title}: ${name}`, [change]);
        onClose();
      }}
    />
  );
}

function FieldsTab({ entity, planning, adding, onAdded }: TabProps & { adding: boolean; onAdded: () => void }) {
  const t = useT();
  const label = useLabel();
  const [open, setOpen] = useState<FieldMeta>();
  const key = entity.meta.key ?? entity.name;
  const title = label(entity.meta.label, entity.name);
  const close = () => {
    setOpen(undefined);
    onAdded();
  };
  return (
    <>
      <ul className={classes.list} aria-label={t('design.fields')}>
        {entity.fields.map((field) => (
          <FieldRow
            key={field.name}
            field={field}
            onEdit={() => setOpen(field)}
            onRemove={() =>
              planning.planNow(`${title}: ${label(field.label, field.name)}`, [
                { op: 'remove', component: `${key}.${field.name}` },
              ])
            }
          />
        ))}
      </ul>
      <FieldForm
        entity={entity}
        planning={planning}
        open={adding ? { what: 'new' } : open && { what: 'field', field: open }}
        onClose={close}
      />
    </>
  );
}

function EntityForm({ entity, planning, onClose }: TabProps & { onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const { meta } = entity;
  const name = label(meta.label, entity.name);
  return (
    <EntitySheet
      title={t('design.editNamed', { name })}
      initial={{
        ...NEW_ENTITY,
        name: entity.name,
        en: meta.label.en ?? '',
        zh: meta.label['zh-CN'] ?? '',
        pluralEn: meta.pluralLabel.en ?? '',
        pluralZh: meta.pluralLabel['zh-CN'] ?? '',
      }}
      isNew={false}
      onClose={onClose}
      onReview={async (draft) => {
        const value = {
          label: labelOf(draft.en, draft.zh),
          pluralLabel: labelOf(draft.pluralEn, draft.pluralZh),
        };
        await planning.plan(name, [{ op: 'change', component: meta.key ?? entity.name, value }]);
        onClose();
      }}
    />
  );
}

const TABS = ['fields', 'rules', 'layout', 'views'] as const;

/** What stands beside the title: the entity's name and its end, and a new field. */
function HeaderActions(props: { entity: Entity; title: string; onEdit: () => void; onRemove: () => void }) {
  const { entity, title } = props;
  const t = useT();
  return (
    <>
      <ActionIcon aria-label={t('design.editNamed', { name: title })} onClick={props.onEdit}>
        <IconPencil size={16} stroke={1.6} />
      </ActionIcon>
      {isOwn(entity.name) && (
        <ActionIcon aria-label={t('design.removeNamed', { name: title })} onClick={props.onRemove}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </>
  );
}

function DesignedEntity({ entity, tab }: { entity: Entity; tab: (typeof TABS)[number] }) {
  const t = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'entity' | 'new'>();
  const key = entity.meta.key ?? entity.name;
  const title = label(entity.meta.label, entity.name);
  useDocumentTitle(title);
  const planning = usePlanning((plan) => {
    if (plan.changes.some((change) => change.op === 'remove' && change.component === key)) {
      navigate('/designer');
    }
  });
  const base = `/designer/${entity.name}`;
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.title}>
          <Link className="rl-link" to="/designer">
            {t('design.title')}
          </Link>{' '}
          / {title}
        </h1>
        <HeaderTabs
          label={title}
          tabs={TABS.map((one) => ({
            to: one === 'fields' ? base : `${base}/${one}`,
            text: t(`design.${one}`),
            current: one === tab,
          }))}
        />
        <HeaderActions
          entity={entity}
          title={title}
          onEdit={() => setOpen('entity')}
          onRemove={() => planning.planNow(title, [{ op: 'remove', component: key }])}
        />
        {tab === 'fields' && (
          <Button
            variant="filled"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => setOpen('new')}
          >
            {t('design.newField')}
          </Button>
        )}
      </header>
      <div className={classes.body}>
        {tab === 'fields' && (
          <FieldsTab entity={entity} planning={planning} adding={open === 'new'} onAdded={() => setOpen(undefined)} />
        )}
        {tab === 'rules' && <RulesTab entity={entity} planning={planning} />}
        {tab === 'layout' && <LayoutTab entity={entity} planning={planning} />}
        {tab === 'views' && <ViewsTab entity={entity} planning={planning} />}
      </div>
      {open === 'entity' && <EntityForm entity={entity} planning={planning} onClose={() => setOpen(undefined)} />}
      {planning.dialog}
    </>
  );
}

/** One entity: its fields, its rules, where they stand, and its views. */
export default function EntityPage() {
  const { me } = useSession();
  const { entity: name, tab = 'fields' } = useParams();
  const entity = useModel().entity(name);
  const shown = TABS.find((one) => one === tab);
  return entity === undefined || shown === undefined || me.role !== 'administrator' ? (
    <UnknownPage />
  ) : (
    <DesignedEntity key={`${entity.name} ${shown}`} entity={entity} tab={shown} />
  );
}
