import type { Entity } from '../api/model';
import type { RecordData } from '../api/types';
import { toText } from './codec';

/** What is not the record's own: a number that is given once, what is unique, what is long for an address. */
const LONGEST = 500;

/** The values with which a form for another record like this one begins. */
export function copyOf(entity: Entity, record: RecordData, timeZone: string): Record<string, string> {
  const fields = entity.fields.filter((field) => !field.readOnly && !field.unique && field.type !== 'autoNumber');
  const values = fields.map((field) => [field.property, toText(field, record[field.property], timeZone)] as const);
  return Object.fromEntries(values.filter(([, text]) => text !== '' && text.length <= LONGEST));
}
