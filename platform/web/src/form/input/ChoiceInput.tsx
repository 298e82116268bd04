import { Select } from '@mantine/core';
import { useLabel, useUsers } from '../../api/session';
import { useT } from '../../i18n';
import { activeOptions } from '../../ui/stage';
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
  const data = activeOptions(props.field).map((option) => ({
    value: option.value,
    label: label(option.label, option.value),
  }));
  return <ChoiceInput {...props} data={data} />;
}

export function UserInput(props: InputProps) {
  const users = useUsers();
  const data = [...users.values()].map((user) => ({ value: user.id, label: user.displayName }));
  return <ChoiceInput {...props} data={data} />;
}
