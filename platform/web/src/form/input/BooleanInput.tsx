import { Checkbox } from '@mantine/core';
import { useLabel } from '../../api/session';
import classes from '../form.module.css';
import type { InputProps } from './common';

export function BooleanInput(props: InputProps) {
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
