import { Button, Drawer } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import type { Entity } from '../api/model';
import { isLong } from '../api/odata';
import { useLabel } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { useT } from '../i18n';
import { FieldValue } from '../ui/FieldValue';
import { Kbd } from '../ui/Tag';
import { usePhone } from '../ui/usePhone';
import { ErrorSummary } from './ErrorSummary';
import { FieldInput } from './FieldInput';
import classes from './form.module.css';
import type { RecordForm } from './useRecordForm';

interface SheetProps {
  title: string;
  entity: Entity;
  form: RecordForm;
  submitText: string;
  onClose: () => void;
  onSaved: () => void;
}

/** What cannot be changed as the record is now. */
function ReadOnly({ field, record }: { field: FieldMeta; record: RecordData | undefined }) {
  const label = useLabel();
  return (
    <div className={classes.fixed}>
      <span className={classes.fixedName}>{label(field.label, field.name)}</span>
      {record === undefined ? '—' : <FieldValue field={field} record={record} />}
    </div>
  );
}

function Sections({ entity, form, ids }: { entity: Entity; form: RecordForm; ids: string }) {
  const label = useLabel();
  const byName = new Map(form.fields.map((field) => [field.name, field]));
  const inSection = new Set(entity.sections().flatMap((section) => section.fields.map((field) => field.name)));
  const loose = form.fields.filter((field) => !inSection.has(field.name));
  const sections = [{ title: '', fields: loose }].concat(
    entity.sections().map((section) => ({
      title: label(section.label),
      fields: section.fields.flatMap((field) => byName.get(field.name) ?? []),
    })),
  );
  const first = form.fields[0];
  return sections
    .filter((section) => section.fields.length > 0)
    .map((section) => (
      <fieldset key={section.title} className={classes.section}>
        {section.title !== '' && <legend className={classes.legend}>{section.title}</legend>}
        {section.fields.map((field) => (
          <div key={field.name} className={classes.field} data-wide={isLong(field.type)}>
            {field.readOnly ? (
              <ReadOnly field={field} record={form.record} />
            ) : (
              <FieldInput
                id={`${ids}-${field.property}`}
                field={field}
                value={form.values[field.property] ?? ''}
                error={form.errors[field.property]}
                beside={(name) => form.values[name] ?? entity.field(name)?.default}
                autoFocus={field === first}
                onChange={(text) => form.set(field.property, text)}
              />
            )}
          </div>
        ))}
      </fieldset>
    ));
}

/** The form of a record over whatever page one was on: a panel at the side, a sheet on a phone. */
export function FormSheet({ title, entity, form, submitText, onClose, onSaved }: SheetProps) {
  const t = useT();
  const phone = usePhone();
  const ids = useId();
  const body = useRef<HTMLFormElement>(null);
  const [attempt, setAttempt] = useState(0);
  const submit = async () => {
    if (await form.submit()) {
      onSaved();
    } else {
      setAttempt((before) => before + 1);
    }
  };
  const showFirst = () => body.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-error=true]')?.focus();
  return (
    <Drawer
      opened
      onClose={onClose}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 600}
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      classNames={{
        body: classes.sheetBody ?? '',
        content: classes.sheetContent ?? '',
        title: classes.sheetTitle ?? '',
      }}
    >
      <form
        ref={body}
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && (event.key === 'Enter' || event.key === 's')) {
            event.preventDefault();
            void submit();
          }
        }}
      >
        <div className={classes.fields}>
          <ErrorSummary errors={form.errors} general={form.general} attempt={attempt} onShowFirst={showFirst} />
          <Sections entity={entity} form={form} ids={ids} />
        </div>
        <div className={classes.foot}>
          <span className={classes.draft} role="status">
            {form.drafted && t(form.restored ? 'form.draftRestored' : 'form.draftSaved')}
          </span>
          {form.drafted && (
            <Button variant="subtle" color="gray" onClick={form.reset}>
              {t('form.discardDraft')}
            </Button>
          )}
          <span className={classes.grow} />
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={form.saving} rightSection={<Kbd>Ctrl ↵</Kbd>}>
            {submitText}
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
