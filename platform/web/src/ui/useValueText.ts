import { useFormat, useLabel, useUsers } from '../api/session';
import type { FieldMeta, Value } from '../api/types';
import { useT } from '../i18n';
import { formatScalar } from './FieldValue';
import { optionOf } from './stage';

/** A value that records have in common, in words; months as `2026-11`, years as `2026`. */
export function useValueText(): (field: FieldMeta, value: Value, name: string | undefined) => string {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const users = useUsers();
  return (field, value, name) => {
    if (value === null || value === '') {
      return t('list.groupEmpty', { name: label(field.label, field.name) });
    }
    const text = String(value);
    switch (field.type) {
      case 'date':
      case 'datetime':
        return text.length === 7 ? format.month(text) : text.length === 4 ? text : format.date(text);
      case 'picklist':
        return label(optionOf(field, text)?.label, text);
      case 'boolean':
        return t(text === 'true' ? 'value.yes' : 'value.no');
      case 'user':
        return users.get(text)?.displayName ?? '…';
      default:
        return name ?? formatScalar(format, field, text, false) ?? text;
    }
  };
}
