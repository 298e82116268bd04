import { TextInput } from '@mantine/core';
import { useFormat, useLabel } from '../../api/session';
import { useT } from '../../i18n';
import { DateField } from '../DateField';
import classes from '../form.module.css';
import { type InputProps, useCommon } from './common';

export function DayInput(props: InputProps) {
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

/** A day and a time on the tenant's clock; the zone is named so that nobody guesses. */
export function DateTimeInput(props: InputProps) {
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

/** A time of day, whatever the day. */
export function TimeInput(props: InputProps) {
  const common = useCommon(props);
  return (
    <TextInput
      {...common}
      type="time"
      value={props.value.slice(0, 5)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
