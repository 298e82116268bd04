import { Textarea, TextInput } from '@mantine/core';
import type { HTMLInputTypeAttribute } from 'react';
import type { FieldType } from '../../api/types';
import classes from '../form.module.css';
import { type InputProps, useCommon } from './common';

const INPUT_TYPES: Partial<Record<FieldType, HTMLInputTypeAttribute>> = { email: 'email', phone: 'tel', url: 'url' };

export function PlainInput(props: InputProps) {
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

export function LongTextInput(props: InputProps) {
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

/** Data in a form of its own. */
export function JsonInput(props: InputProps) {
  const common = useCommon(props);
  return (
    <Textarea
      {...common}
      classNames={{ input: classes.code ?? '' }}
      spellCheck={false}
      autosize
      minRows={3}
      maxRows={14}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
