import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Entity } from '../api/model';
import { useLabel, useModel, useSession } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import classes from './designer.module.css';
import { EntitySheet } from './EntitySheet';
import { FieldSheet } from './FieldSheet';
import { additionOf, changeOf, draftOf, emptyDraft, labelOf } from './fieldForm';
import { PlanDialog } from './PlanDialog';
import { type ChangeWish, makePlan, type Plan } from './plans';

const isOwn = (name: string) => name.startsWith('c_');

function Marks({ field }: { field: FieldMeta }) {
  const t = useT();
  return (
    <span className={classes.marks}>
      {field.required && <Tag>{t('design.required')}</Tag>}
      {field.unique && <Tag>{t('design.unique')}</Tag>}
      {field.indexed && <Tag>{t('design.indexed')}</Tag>}
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
      <span className={classes.rowName}>
        {name}
        <code>{field.name}</code>
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

type Open = { what: 'entity' } | { what: 'new' } | { what: 'field'; field: FieldMeta } | undefined;

function Sheets(props: {
  entity: Entity;
  open: Open;
  onClose: () => void;
  plan: (title: string, change: ChangeWish) => Promise<void>;
}) {
  const { entity, open, onClose, plan } = props;
  const t = useT();
  const label = useLabel();
  const key = entity.meta.key ?? entity.name;
  const { meta } = entity;
  if (open?.what === 'entity') {
    const initial = {
      name: entity.name,
      en: meta.label.en ?? '',
      zh: meta.label['zh-CN'] ?? '',
      pluralEn: meta.pluralLabel.en ?? '',
      pluralZh: meta.pluralLabel['zh-CN'] ?? '',
    };
    return (
      <EntitySheet
        title={t('design.editNamed', { name: label(meta.label, entity.name) })}
        initial={initial}
        isNew={false}
        onClose={onClose}
        onReview={(draft) =>
          plan(label(meta.label, entity.name), {
            op: 'change',
            component: key,
            value: {
              label: labelOf(draft.en, draft.zh),
              pluralLabel: labelOf(draft.pluralEn, draft.pluralZh),
            },
          })
        }
      />
    );
  }
  if (open?.what === 'new') {
    return (
      <FieldSheet
        title={t('design.newField')}
        initial={emptyDraft()}
        isNew
        own
        onClose={onClose}
        onReview={(draft) => plan(`${label(meta.label)}: ${draft.en || draft.zh}`, additionOf(key, draft))}
      />
    );
  }
  if (open?.what === 'field') {
    const { field } = open;
    const name = label(field.label, field.name);
    const before = draftOf(field);
    return (
      <FieldSheet
        title={t('design.editNamed', { name })}
        initial={before}
        isNew={false}
        own={isOwn(field.name)}
        onClose={onClose}
        onReview={(draft) =>
          plan(`${label(meta.label)}: ${name}`, changeOf(`${key}.${field.name}`, isOwn(field.name), before, draft))
        }
      />
    );
  }
  return null;
}

function Fields({ entity }: { entity: Entity }) {
  const t = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const [open, setOpen] = useState<Open>();
  const [plan, setPlan] = useState<Plan>();
  const key = entity.meta.key ?? entity.name;
  const title = label(entity.meta.label, entity.name);
  useDocumentTitle(title);
  const make = async (name: string, change: ChangeWish) => {
    setPlan(await makePlan(name, [change]));
    setOpen(undefined);
  };
  const remove = (name: string, component: string) =>
    void make(name, { op: 'remove', component }).catch((error: unknown) =>
      toasts.show({ text: problemText(error), tone: 'bad' }),
    );
  const removesEntity = plan?.changes.some((change) => change.op === 'remove' && change.component === key) ?? false;
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.title}>
          <Link className="rl-link" to="/designer">
            {t('design.title')}
          </Link>{' '}
          / {title}
        </h1>
        <ActionIcon aria-label={t('design.editNamed', { name: title })} onClick={() => setOpen({ what: 'entity' })}>
          <IconPencil size={16} stroke={1.6} />
        </ActionIcon>
        {isOwn(entity.name) && (
          <ActionIcon aria-label={t('design.removeNamed', { name: title })} onClick={() => remove(title, key)}>
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        )}
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => setOpen({ what: 'new' })}
        >
          {t('design.newField')}
        </Button>
      </header>
      <div className={classes.body}>
        <ul className={classes.list} aria-label={t('design.fields')}>
          {entity.fields.map((field) => (
            <FieldRow
              key={field.name}
              field={field}
              onEdit={() => setOpen({ what: 'field', field })}
              onRemove={() => remove(`${title}: ${label(field.label, field.name)}`, `${key}.${field.name}`)}
            />
          ))}
        </ul>
      </div>
      <Sheets entity={entity} open={open} onClose={() => setOpen(undefined)} plan={make} />
      {plan !== undefined && (
        <PlanDialog
          plan={plan}
          onClose={(applied) => {
            setPlan(undefined);
            if (applied && removesEntity) {
              navigate('/designer');
            }
          }}
        />
      )}
    </>
  );
}

/** The fields of one entity, to be added, changed and removed. */
export default function EntityPage() {
  const { me } = useSession();
  const entity = useModel().entity(useParams().entity);
  return entity === undefined || me.role !== 'administrator' ? <UnknownPage /> : <Fields entity={entity} />;
}
