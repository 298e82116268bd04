import { MultiSelect, TagsInput as Tags } from '@mantine/core';
import { useLabel } from '../../api/session';
import { useT } from '../../i18n';
import { optionsBeside } from '../../ui/stage';
import { listOf, listText } from '../list';
import { type InputProps, useCommon } from './common';

/** Any number of the options. */
export function MultiPicklistInput(props: InputProps) {
  const t = useT();
  const label = useLabel();
  const common = useCommon(props);
  const chosen = listOf(props.value);
  const offered = optionsBeside(props.field, props.beside).map((option) => option.value);
  const values = [...offered, ...chosen.filter((value) => !offered.includes(value))];
  return (
    <MultiSelect
      {...common}
      data={values.map((value) => ({
        value,
        label: label(props.field.options?.find((option) => option.value === value)?.label, value),
      }))}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      placeholder={chosen.length === 0 ? t('form.nothingChosen') : undefined}
      value={chosen}
      onChange={(next) => props.onChange(listText(next))}
    />
  );
}

/** Words of one's own: Enter or a comma ends one. */
export function TagsInput(props: InputProps) {
  const t = useT();
  const common = useCommon(props);
  const chosen = listOf(props.value);
  return (
    <Tags
      {...common}
      splitChars={[',', '，', '、', ';', '；']}
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      placeholder={chosen.length === 0 ? t('form.tags') : undefined}
      value={chosen}
      onChange={(next) => props.onChange(listText(next))}
    />
  );
}
