import { Checkbox, MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import type { Entity } from '../api/model';
import { useLabel, useModel, useSession } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import classes from './automation.module.css';
import { TRIGGERS, WEEKDAYS } from './automations';
import type { TriggerDraft } from './draft';
import type { Errors } from './places';
import { weekdayNames } from './sentence';
import { useWords } from './useWords';

interface TriggerProps {
  trigger: TriggerDraft;
  errors: Errors;
  onChange: (trigger: TriggerDraft) => void;
}

function TimeOfDay({ trigger, errors, onChange }: TriggerProps) {
  const t = useT();
  const { timeZone } = useSession().me.tenant;
  return (
    <TextInput
      type="time"
      label={t('automation.at')}
      description={t('form.zone', { zone: timeZone })}
      error={errors['trigger.at']}
      value={trigger.at}
      onChange={(event) => onChange({ ...trigger, at: event.currentTarget.value })}
    />
  );
}

function Weekdays({ trigger, errors, onChange }: TriggerProps) {
  const t = useT();
  const names = weekdayNames(useWords());
  return (
    <Checkbox.Group
      label={t('automation.weekdays')}
      description={t('automation.weekdaysHint')}
      error={errors['trigger.weekdays']}
      value={[...trigger.weekdays]}
      onChange={(days) => onChange({ ...trigger, weekdays: WEEKDAYS.filter((day) => days.includes(day)) })}
    >
      <div className={classes.ticks}>
        {WEEKDAYS.map((day, index) => (
          <Checkbox key={day} value={day} label={names[index]} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

/** What a formula gives is there only when it is read, and so never changes. */
const kept = (field: FieldMeta) => field.formula === undefined || field.formula.stored;

function useFieldOptions(fields: readonly FieldMeta[]) {
  const label = useLabel();
  return fields.map((field) => ({ value: field.property, label: label(field.label, field.name) }));
}

function ChangedFields({ entity, trigger, errors, onChange }: TriggerProps & { entity: Entity }) {
  const t = useT();
  const options = useFieldOptions(entity.fields.filter(kept));
  return (
    <MultiSelect
      label={t('automation.fields')}
      description={t('automation.fieldsHint')}
      error={errors['trigger.fields']}
      searchable
      data={options}
      value={[...trigger.fields]}
      onChange={(fields) => onChange({ ...trigger, fields })}
    />
  );
}

/** So many days before or after the day that a field says. */
function AroundDate({ entity, trigger, errors, onChange }: TriggerProps & { entity: Entity }) {
  const t = useT();
  const dated = entity.fields.filter((field) => kept(field) && (field.type === 'date' || field.type === 'datetime'));
  const options = useFieldOptions(dated);
  return (
    <div className={classes.three}>
      {trigger.side !== 'on' && (
        <TextInput
          label={t('automation.days')}
          inputMode="numeric"
          error={errors['trigger.days']}
          value={trigger.days}
          onChange={(event) => onChange({ ...trigger, days: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        label={t('automation.side')}
        value={trigger.side}
        data={(['before', 'on', 'after'] as const).map((side) => ({
          value: side,
          label: t(`automation.side.${side}`),
        }))}
        onChange={(event) => onChange({ ...trigger, side: event.currentTarget.value as TriggerDraft['side'] })}
      />
      <NativeSelect
        label={t('automation.dateField')}
        error={errors['trigger.field']}
        value={trigger.field}
        data={[{ value: '', label: t('form.nothingChosen') }, ...options]}
        onChange={(event) => onChange({ ...trigger, field: event.currentTarget.value })}
      />
      <TimeOfDay trigger={trigger} errors={errors} onChange={onChange} />
    </div>
  );
}

interface CardProps extends TriggerProps {
  entity: Entity | undefined;
  onEntity: (entity: Entity) => void;
}

/** What has the automation run, and on which records. */
export function TriggerCard({ entity, onEntity, ...props }: CardProps) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const { trigger, errors, onChange } = props;
  return (
    <section className={classes.card} aria-labelledby="automation-trigger">
      <h2 id="automation-trigger" className={classes.cardTitle}>
        {t('automation.trigger')}
      </h2>
      <div className={classes.two}>
        <NativeSelect
          label={t('automation.entity')}
          error={errors.entity}
          value={entity?.name ?? ''}
          data={[
            ...(entity === undefined ? [{ value: '', label: t('form.nothingChosen') }] : []),
            ...model.entities.map((one) => ({ value: one.name, label: label(one.meta.label, one.name) })),
          ]}
          onChange={(event) => {
            const next = model.entity(event.currentTarget.value);
            if (next !== undefined) {
              onEntity(next);
            }
          }}
        />
        <NativeSelect
          label={t('automation.on')}
          error={errors.trigger}
          value={trigger.on}
          data={TRIGGERS.map((on) => ({ value: on, label: t(`automation.on.${on}`) }))}
          onChange={(event) => onChange({ ...trigger, on: event.currentTarget.value as TriggerDraft['on'] })}
        />
      </div>
      {(trigger.on === 'updated' || trigger.on === 'saved') && entity !== undefined && (
        <ChangedFields {...props} entity={entity} />
      )}
      {trigger.on === 'date' && entity !== undefined && <AroundDate {...props} entity={entity} />}
      {trigger.on === 'schedule' && (
        <>
          <TimeOfDay {...props} />
          <Weekdays {...props} />
        </>
      )}
      {trigger.on === 'manual' && <p className={classes.meta}>{t('automation.manualHint')}</p>}
    </section>
  );
}
