import type { ComponentType } from 'react';
import type { FieldType } from '../api/types';
import { BooleanInput } from './input/BooleanInput';
import { CurrencyInput, PicklistInput, UserInput } from './input/ChoiceInput';
import type { InputProps } from './input/common';
import { DateTimeInput, DayInput, TimeInput } from './input/DateInputs';
import { FileInput } from './input/FileInput';
import { MultiPicklistInput, TagsInput } from './input/ListInputs';
import { LookupField } from './input/LookupField';
import { DurationInput, NumberInput } from './input/NumberInputs';
import { AddressInput, GeoInput } from './input/PlaceInputs';
import { RatingInput } from './input/RatingInput';
import { RichTextInput } from './input/RichTextInput';
import { JsonInput, LongTextInput, PlainInput } from './input/TextInputs';

const INPUTS: Record<FieldType, ComponentType<InputProps>> = {
  text: PlainInput,
  longText: LongTextInput,
  richText: RichTextInput,
  autoNumber: PlainInput,
  email: PlainInput,
  phone: PlainInput,
  url: PlainInput,
  picklist: PicklistInput,
  multiPicklist: MultiPicklistInput,
  tags: TagsInput,
  integer: NumberInput,
  decimal: NumberInput,
  money: NumberInput,
  currency: CurrencyInput,
  percent: NumberInput,
  rating: RatingInput,
  boolean: BooleanInput,
  date: DayInput,
  datetime: DateTimeInput,
  time: TimeInput,
  duration: DurationInput,
  lookup: LookupField,
  user: UserInput,
  address: AddressInput,
  geo: GeoInput,
  file: FileInput,
  image: FileInput,
  json: JsonInput,
  encryptedText: PlainInput,
};

/** The input for a field, by its type; a type this page does not know yet is written as text. */
export function FieldInput(props: InputProps) {
  const Drawn = INPUTS[props.field.type] ?? PlainInput;
  return <Drawn {...props} />;
}
