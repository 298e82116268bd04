import { TextInput } from '@mantine/core';
import { useFormat } from '../../api/session';
import { useT } from '../../i18n';
import { currencyOf } from '../../ui/money';
import classes from '../form.module.css';
import { type InputProps, useCommon } from './common';

export function NumberInput(props: InputProps) {
  const format = useFormat();
  const common = useCommon(props);
  const sign =
    props.field.type === 'money'
      ? format.currencySymbol(currencyOf(props.field, props.beside))
      : props.field.type === 'percent'
        ? '%'
        : undefined;
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

/** How long something takes, as hours and minutes; words are understood too. */
export function DurationInput(props: InputProps) {
  const t = useT();
  const common = useCommon(props);
  return (
    <TextInput
      {...common}
      autoComplete="off"
      placeholder={t('form.duration')}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
