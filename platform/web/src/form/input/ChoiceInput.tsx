import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useLabel, useUsers } from '../../api/session';
import { useLanguage, useT } from '../../i18n';
import { optionsBeside } from '../../ui/stage';
import { type InputProps, useCommon } from './common';

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

export function PicklistInput(props: InputProps) {
  const label = useLabel();
  const data = optionsBeside(props.field, props.beside).map((option) => ({
    value: option.value,
    label: label(option.label, option.value),
  }));
  return <ChoiceInput {...props} data={data} />;
}

/** A currency by its code and its name in the person's language. */
export function CurrencyInput(props: InputProps) {
  const lang = useLanguage();
  const data = useMemo(() => {
    const names = new Intl.DisplayNames(lang, { type: 'currency' });
    return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} · ${names.of(code)}` }));
  }, [lang]);
  return <ChoiceInput {...props} data={data} />;
}

export function UserInput(props: InputProps) {
  const users = useUsers();
  const data = [...users.values()].map((user) => ({ value: user.id, label: user.displayName }));
  return <ChoiceInput {...props} data={data} />;
}
