import { useLabel } from '../../api/session';
import type { FieldMeta } from '../../api/types';

export interface InputProps {
  field: FieldMeta;
  value: string;
  onChange: (value: string) => void;
  id?: string | undefined;
  error?: string | undefined;
  autoFocus?: boolean | undefined;
  /** What other fields of the record hold, by name. */
  beside?: ((name: string) => unknown) | undefined;
  /** In place of a label above: the field's name for assistive technology only. */
  bare?: boolean | undefined;
}

/** What every input is told about its field. */
export function useCommon({ field, error, id, autoFocus, bare }: InputProps) {
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
