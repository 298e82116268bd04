import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Entity } from '../api/model';
import { useFormat, useLabel } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { conditioned, environmentNow, knownOf } from '../form/conditions';
import { useLanguage, useT } from '../i18n';
import { FieldRow } from './FieldRow';
import classes from './record.module.css';
import type { Save } from './useSave';

interface SectionProps {
  entity: Entity;
  record: RecordData;
  title: string;
  fields: readonly FieldMeta[];
  save: Save;
}

function Section({ entity, record, title, fields: all, save }: SectionProps) {
  const [open, setOpen] = useState(true);
  const { timeZone } = useFormat();
  const language = useLanguage();
  const fields = useMemo(() => {
    const known = knownOf(entity, (field) => record[field.property]);
    const environment = environmentNow(timeZone, language);
    return all.flatMap((field) => conditioned(field, known, environment) ?? []);
  }, [all, entity, record, timeZone, language]);
  const Arrow = open ? IconChevronDown : IconChevronRight;
  return (
    <section className={classes.section} aria-label={title}>
      <h2 className={classes.sectionHead}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Arrow size={16} aria-hidden="true" />
          {title}
        </button>
      </h2>
      {open && (
        <dl className={classes.fields}>
          {fields.map((field) => (
            <FieldRow key={field.name} entity={entity} field={field} record={record} save={save} />
          ))}
        </dl>
      )}
    </section>
  );
}

interface AllProps {
  entity: Entity;
  record: RecordData;
  save: Save;
}

/** All fields, as the entity's layout groups them. */
export function Sections({ entity, record, save }: AllProps) {
  const label = useLabel();
  return entity
    .sections()
    .map((section) => (
      <Section
        key={label(section.label)}
        entity={entity}
        record={record}
        title={label(section.label, label(entity.meta.label))}
        fields={section.fields}
        save={save}
      />
    ));
}

/** Who made the record and changed it last, and when. */
export function SystemSection({ entity, record, save }: AllProps) {
  const t = useT();
  const known = entity.systemFields().filter((field) => record[field.property] !== undefined);
  return known.length === 0 ? null : (
    <Section entity={entity} record={record} title={t('record.system')} fields={known} save={save} />
  );
}
