import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
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
import { COUNTED_PERIODS, isCounted, PERIODS, periodOf, periodValue } from './periods';
import { usePeriodText } from './useItemText';

interface ValueProps {
  condition: Condition;
  label: string;
  onChange: (values: readonly string[]) => void;
  autoFocus: boolean;
}

function PicklistValues({ condition, label: name, onChange }: ValueProps) {
  const t = useT();
  const label = useLabel();
  return (
    <MultiSelect
      aria-label={name}
      placeholder={condition.values.length === 0 ? t('filter.value') : undefined}
      searchable
      data={activeOptions(condition.field).map((option) => ({
        value: option.value,
        label: label(option.label, option.value),
      }))}
      value={[...condition.values]}
      onChange={onChange}
    />
  );
}

/** A stretch of time seen from today; some take a number of units. */
function PeriodValue({ condition, label, onChange }: ValueProps) {
  const t = useT();
  const periodText = usePeriodText();
  const period = periodOf(condition.values[0] ?? '');
  const offered = [...PERIODS, ...COUNTED_PERIODS].map((name) => ({ value: name, label: periodText(name, '…') }));
  return (
    <div className={classes.period}>
      <Select
        className={classes.periodName ?? ''}
        aria-label={label}
        searchable
        allowDeselect={false}
        data={offered}
        value={period?.name ?? null}
        onChange={(name) => name !== null && onChange([periodValue(name, period?.number)])}
      />
      {period !== undefined && isCounted(period.name) && (
        <NumberInput
          className={classes.periodNumber ?? ''}
          aria-label={t('filter.periodNumber')}
          hideControls
          allowDecimal={false}
          min={1}
          max={9999}
          value={period.number ?? ''}
          onChange={(number) => onChange([periodValue(period.name, String(number))])}
        />
      )}
    </div>
  );
}

function UserValueInput({ condition, label, onChange }: ValueProps) {
  const users = useUsers();
  return (
    <Select
      aria-label={label}
      searchable
      data={[...users.values()].map((user) => ({ value: user.id, label: user.displayName }))}
      value={condition.values[0] ?? null}
      onChange={(value) => onChange(value === null ? [] : [value])}
    />
  );
}

/** A day for a point in time means the start of that day where the tenant is. */
function DayValue({ condition, label, onChange }: ValueProps) {
  const { timeZone } = useFormat();
  const [value] = condition.values;
  const timed = condition.field.type === 'datetime';
  const day = value === undefined || value === '' ? '' : timed ? localDate(value, timeZone) : value;
  return (
    <DateField
      label={undefined}
      ariaLabel={label}
      value={day}
      onChange={(next) => onChange(next === '' ? [] : [timed ? instantOf(next, '00:00', timeZone) : next])}
    />
  );
}

function PlainValue({ condition, label, onChange, autoFocus }: ValueProps) {
  const numeric = isNumber(condition.field.type);
  return (
    <TextInput
      aria-label={label}
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
function DurationValue({ condition, label, onChange, autoFocus }: ValueProps) {
  const t = useT();
  const [value] = condition.values;
  const [typed, setTyped] = useState(value === undefined || value === '' ? '' : durationText(Number(value)));
  return (
    <TextInput
      aria-label={label}
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
  const { condition, label, onChange } = props;
  if (condition.operator === 'during') {
    return <PeriodValue {...props} />;
  }
  switch (condition.field.type) {
    case 'picklist':
    case 'multiPicklist':
      return <PicklistValues {...props} />;
    case 'tags':
      return (
        <TagsInput
          aria-label={label}
          splitChars={[',', '，', '、', ';', '；']}
          value={[...condition.values]}
          onChange={onChange}
        />
      );
    case 'time':
      return (
        <TextInput
          type="time"
          aria-label={label}
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
          ariaLabel={label}
          value={condition.values[0] ?? ''}
          onChange={(id) => onChange(id === '' ? [] : [id])}
        />
      );
    case 'boolean':
      return (
        <Select
          aria-label={label}
          allowDeselect={false}
          data={[
            { value: 'true', label: t('filter.yes') },
            { value: 'false', label: t('filter.no') },
          ]}
          value={condition.values[0] ?? 'true'}
          onChange={(value) => onChange([value ?? 'true'])}
        />
      );
    default:
      return <PlainValue {...props} />;
  }
}
