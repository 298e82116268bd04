import { LookupInput } from '../LookupInput';
import { type InputProps, useCommon } from './common';

export function LookupField(props: InputProps) {
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
