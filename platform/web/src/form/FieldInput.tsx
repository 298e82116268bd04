import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import type { HTMLInputTypeAttribute } from 'react';
import { isNumber } from '../api/odata';
import { useFormat, useLabel, useUsers } from '../api/session';
import type { FieldMeta, FieldType } from '../api/types';
import { useT } from '../i18n';
import { activeOptions } from '../ui/stage';
import { DateField } from './DateField';
import classes from './form.module.css';
import { LookupInput } from './LookupInput';

export interface InputProps {
  field: FieldMeta;
  value: string;
  onChange: (value: string) => void;
  id?: string | undefined;
  error?: string | undefined;
  autoFocus?: boolean | undefined;
  /** In place of a label above: the field's name for assistive technology only. */
  bare?: boolean | undefined;
}

const INPUT_TYPES: Partial<Record<FieldType, HTMLInputTypeAttribute>> = { email: 'email', phone: 'tel', url: 'url' };

function useCommon({ field, error, id, autoFocus, bare }: InputProps) {
  const label = useLabel();
  const name = label(field.label, field.name);
  const help = label(field.help);
  return {
    id,
    label: bare ? undefined : name,
    'aria-label': bare ? name : undefined,
    description: bare || help === '' ? undefined : help,
    error,
    withAsterisk: !bare && (field.required ?? false),
    'aria-required': field.required ?? false,
    'data-autofocus': autoFocus || undefined,
    autoFocus: bare ?? false,
  };
}

function BooleanInput(props: InputProps) {
  const label = useLabel();
  const name = label(props.field.label, props.field.name);
  return (
    <Checkbox
      {...(props.id !== undefined && { id: props.id })}
      className={classes.checkbox ?? ''}
      label={props.bare ? undefined : name}
      aria-label={props.bare ? name : undefined}
      description={props.bare ? undefined : label(props.field.help) || undefined}
      error={props.error}
      data-autofocus={props.autoFocus || undefined}
      checked={props.value === 'true'}
      onChange={(event) => props.onChange(String(event.currentTarget.checked))}
    />
  );
}

function ChoiceInput(props: InputProps & { data: { value: string; label: string }[] }) {
  const t = useT();
  const common = useCommon(props);
  return (
    <Select
      {...common}
      data={props.data}
      searchable={props.data.length > 8}
      defaultDropdownOpened={props.bare ?? false}
      allowDeselect={false}
      clearable={!props.field.required}
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      placeholder={t('form.nothingChosen')}
      value={props.value === '' ? null : props.value}
      onChange={(value) => props.onChange(value ?? '')}
    />
  );
}

function PicklistInput(props: InputProps) {
  const label = useLabel();
  const data = activeOptions(props.field).map((option) => ({
    value: option.value,
    label: label(option.label, option.value),
  }));
  return <ChoiceInput {...props} data={data} />;
}

function UserInput(props: InputProps) {
  const users = useUsers();
  const data = [...users.values()].map((user) => ({ value: user.id, label: user.displayName }));
  return <ChoiceInput {...props} data={data} />;
}

/** A day and a time on the tenant's clock; the zone is named so that nobody guesses. */
function DateTimeInput(props: InputProps) {
  const t = useT();
  const label = useLabel();
  const { timeZone } = useFormat();
  const name = label(props.field.label, props.field.name);
  const [day = '', time = ''] = props.value.split('T');
  return (
    <div className={classes.dateTime}>
      <DateField
        id={props.id}
        label={props.bare ? undefined : name}
        ariaLabel={props.bare ? name : undefined}
        required={props.field.required}
        value={day}
        error={props.error}
        autoFocus={props.autoFocus}
        onChange={(next) => props.onChange(next === '' ? '' : `${next}T${time || '09:00'}`)}
      />
      <TextInput
        type="time"
        aria-label={`${name}, ${t('form.zone', { zone: timeZone })}`}
        label={props.bare ? undefined : t('form.time')}
        description={timeZone}
        value={time}
        disabled={day === ''}
        onChange={(event) => props.onChange(`${day}T${event.currentTarget.value}`)}
      />
    </div>
  );
}

function NumberInput(props: InputProps) {
  const format = useFormat();
  const common = useCommon(props);
  const sign =
    props.field.type === 'money' ? format.currencySymbol() : props.field.type === 'percent' ? '%' : undefined;
  return (
    <TextInput
      {...common}
      inputMode={props.field.type === 'integer' ? 'numeric' : 'decimal'}
      autoComplete="off"
      leftSection={sign === undefined ? undefined : <span className={classes.sign}>{sign}</span>}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

function PlainInput(props: InputProps) {
  const common = useCommon(props);
  return (
    <TextInput
      {...common}
      type={INPUT_TYPES[props.field.type] ?? 'text'}
      dir="auto"
      autoComplete="off"
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

function LongTextInput(props: InputProps) {
  const common = useCommon(props);
  return (
    <Textarea
      {...common}
      dir="auto"
      autosize
      minRows={3}
      maxRows={14}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

function LookupField(props: InputProps) {
  const { label, description, withAsterisk, ...common } = useCommon(props);
  return (
    <LookupInput
      id={common.id}
      label={label}
      ariaLabel={common['aria-label']}
      description={description}
      error={props.error}
      required={withAsterisk}
      autoFocus={props.autoFocus}
      openOnFocus={props.bare}
      field={props.field}
      value={props.value}
      onChange={props.onChange}
    />
  );
}

function DayInput(props: InputProps) {
  const { label, description, withAsterisk, ...common } = useCommon(props);
  return (
    <DateField
      id={common.id}
      label={label}
      ariaLabel={common['aria-label']}
      description={description}
      error={props.error}
      required={withAsterisk}
      autoFocus={props.autoFocus}
      value={props.value}
      onChange={props.onChange}
    />
  );
}

/** The input for a field, by its type. */
export function FieldInput(props: InputProps) {
  if (isNumber(props.field.type)) {
    return <NumberInput {...props} />;
  }
  switch (props.field.type) {
    case 'longText':
      return <LongTextInput {...props} />;
    case 'boolean':
      return <BooleanInput {...props} />;
    case 'date':
      return <DayInput {...props} />;
    case 'datetime':
      return <DateTimeInput {...props} />;
    case 'picklist':
      return <PicklistInput {...props} />;
    case 'lookup':
      return <LookupField {...props} />;
    case 'user':
      return <UserInput {...props} />;
    default:
      return <PlainInput {...props} />;
  }
}
