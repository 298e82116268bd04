import { Checkbox, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isNumber } from '../../api/odata';
import { useFormat, useLabel, useUsers } from '../../api/session';
import { DateField } from '../../form/DateField';
import { durationSeconds, durationText } from '../../form/duration';
import { LookupInput } from '../../form/LookupInput';
import { instantOf, localDate } from '../../form/zone';
import { useT } from '../../i18n';
import { activeOptions } from '../../ui/stage';
import type { Condition } from './conditions';
import classes from './filter.module.css';

interface ValueProps {
  condition: Condition;
  onChange: (values: readonly string[]) => void;
  autoFocus: boolean;
}

function PicklistValues({ condition, onChange }: ValueProps) {
  const t = useT();
  const label = useLabel();
  return (
    <Checkbox.Group label={t('filter.value')} value={[...condition.values]} onChange={onChange}>
      <div className={classes.options}>
        {activeOptions(condition.field).map((option) => (
          <Checkbox key={option.value} value={option.value} label={label(option.label, option.value)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function UserValueInput({ condition, onChange }: ValueProps) {
  const t = useT();
  const users = useUsers();
  return (
    <Select
      label={t('filter.value')}
      searchable
      data={[...users.values()].map((user) => ({ value: user.id, label: user.displayName }))}
      value={condition.values[0] ?? null}
      comboboxProps={{ withinPortal: false }}
      onChange={(value) => onChange(value === null ? [] : [value])}
    />
  );
}

/** A day for a point in time means the start of that day where the tenant is. */
function DayValue({ condition, onChange }: ValueProps) {
  const t = useT();
  const { timeZone } = useFormat();
  const [value] = condition.values;
  const timed = condition.field.type === 'datetime';
  const day = value === undefined || value === '' ? '' : timed ? localDate(value, timeZone) : value;
  return (
    <DateField
      label={t('filter.value')}
      value={day}
      withinPortal={false}
      onChange={(next) => onChange(next === '' ? [] : [timed ? instantOf(next, '00:00', timeZone) : next])}
    />
  );
}

function PlainValue({ condition, onChange, autoFocus }: ValueProps) {
  const t = useT();
  const numeric = isNumber(condition.field.type);
  return (
    <TextInput
      label={t('filter.value')}
      inputMode={numeric ? 'decimal' : 'text'}
      value={condition.values[0] ?? ''}
      data-autofocus={autoFocus || undefined}
      error={numeric && condition.values[0] !== undefined && !/^-?\d*\.?\d*$/.test(condition.values[0])}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onChange([numeric ? typed.replaceAll(',', '').trim() : typed]);
      }}
    />
  );
}

/** Typed as people write a duration; asked in seconds once it is one. */
function DurationValue({ condition, onChange, autoFocus }: ValueProps) {
  const t = useT();
  const [value] = condition.values;
  const [typed, setTyped] = useState(value === undefined || value === '' ? '' : durationText(Number(value)));
  return (
    <TextInput
      label={t('filter.value')}
      placeholder={t('form.duration')}
      value={typed}
      data-autofocus={autoFocus || undefined}
      error={typed !== '' && durationSeconds(typed) === undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const seconds = durationSeconds(event.currentTarget.value);
        onChange(seconds === undefined ? [] : [String(seconds)]);
      }}
    />
  );
}

export function ValueEditor(props: ValueProps) {
  const t = useT();
  const { condition, onChange } = props;
  switch (condition.field.type) {
    case 'picklist':
    case 'multiPicklist':
      return <PicklistValues {...props} />;
    case 'tags':
      return (
        <TagsInput
          label={t('filter.value')}
          splitChars={[',', '，', '、', ';', '；']}
          value={[...condition.values]}
          comboboxProps={{ withinPortal: false }}
          onChange={onChange}
        />
      );
    case 'time':
      return (
        <TextInput
          type="time"
          label={t('filter.value')}
          value={(condition.values[0] ?? '').slice(0, 5)}
          onChange={(event) => onChange([`${event.currentTarget.value}:00`])}
        />
      );
    case 'duration':
      return <DurationValue {...props} />;
    case 'user':
      return <UserValueInput {...props} />;
    case 'date':
    case 'datetime':
      return <DayValue {...props} />;
    case 'lookup':
      return (
        <LookupInput
          field={condition.field}
          label={t('filter.value')}
          value={condition.values[0] ?? ''}
          withinPortal={false}
          onChange={(id) => onChange(id === '' ? [] : [id])}
        />
      );
    case 'boolean':
      return (
        <Select
          label={t('filter.value')}
          allowDeselect={false}
          data={[
            { value: 'true', label: t('filter.yes') },
            { value: 'false', label: t('filter.no') },
          ]}
          value={condition.values[0] ?? 'true'}
          comboboxProps={{ withinPortal: false }}
          onChange={(value) => onChange([value ?? 'true'])}
        />
      );
    default:
      return <PlainValue {...props} />;
  }
}
