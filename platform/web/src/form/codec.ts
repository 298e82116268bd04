import { isLong, isNumber } from '../api/odata';
import type { FieldMeta, FieldType, RecordData, Value } from '../api/types';
import type { Params } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import { addressOf } from '../ui/address';
import { pointOf, pointText } from '../ui/point';
import { durationSeconds, durationText } from './duration';
import { listOf, listText } from './list';
import { instantOf, localDate, localTime } from './zone';

/** What stands in the inputs, by API property; everything is text until it is sent. */
export type FormValues = Record<string, string>;

export interface FieldError {
  key: MessageKey;
  params?: Params;
}

export type Parsed = { value: Value } | { error: FieldError };

export function toText(field: FieldMeta, value: unknown, zone: string): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (field.type === 'datetime') {
    return `${localDate(String(value), zone)}T${localTime(String(value), zone)}`;
  }
  if (Array.isArray(value)) {
    return listText(value);
  }
  if (field.type === 'duration') {
    return durationText(Number(value));
  }
  if (field.type === 'geo') {
    return pointText(value);
  }
  if (typeof value === 'object') {
    return JSON.stringify(value);
  }
  return field.type === 'date' ? String(value).slice(0, 10) : String(value);
}

/** What a new record starts with where the metadata names it. */
export function defaults(fields: readonly FieldMeta[]): FormValues {
  const named = fields.filter((field) => field.default !== undefined);
  return Object.fromEntries(named.map((field) => [field.property, String(field.default)]));
}

export function toForm(fields: readonly FieldMeta[], record: Partial<RecordData>, zone: string): FormValues {
  return Object.fromEntries(fields.map((field) => [field.property, toText(field, record[field.property], zone)]));
}

/** Full-width digits, grouping commas, spaces and currency signs are ways of writing, not mistakes. */
function plainNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s,_'%\p{Sc}]/gu, '')
    .replace(/^\+/, '');
}

const WHOLE: ReadonlySet<FieldType> = new Set(['integer', 'rating', 'duration']);

function parseNumber(field: FieldMeta, text: string): Parsed {
  const plain = plainNumber(text);
  if (WHOLE.has(field.type) && !/^-?\d+$/.test(plain)) {
    return { error: { key: 'form.error.integer' } };
  }
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) {
    return { error: { key: 'form.error.number', params: { example: '1234.5' } } };
  }
  const decimals = plain.split('.')[1]?.length ?? 0;
  if (field.scale !== undefined && !WHOLE.has(field.type) && decimals > field.scale) {
    return { error: { key: 'form.error.scale', params: { count: field.scale } } };
  }
  if (field.min !== undefined && Number(plain) < Number(field.min)) {
    return { error: { key: 'form.error.min', params: { value: field.min } } };
  }
  if (field.max !== undefined && Number(plain) > Number(field.max)) {
    return { error: { key: 'form.error.max', params: { value: field.max } } };
  }
  return { value: plain.replace(/^(-?)\./, '$10.').replace(/\.$/, '') };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function parseDateTime(text: string, zone: string): Parsed {
  const [day = '', time = ''] = text.split('T');
  return isDay(day)
    ? { value: instantOf(day, /^\d{2}:\d{2}$/.test(time) ? time : '00:00', zone) }
    : { error: { key: 'form.error.date' } };
}

function parseDuration(field: FieldMeta, text: string): Parsed {
  const seconds = durationSeconds(text);
  return seconds === undefined ? { error: { key: 'form.error.duration' } } : parseNumber(field, String(seconds));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parseText(field: FieldMeta, text: string): Parsed {
  const length = [...text].length;
  if (field.maxLength !== undefined && length > field.maxLength) {
    return { error: { key: 'form.error.tooLong', params: { count: field.maxLength, length } } };
  }
  if (field.type === 'email' && !/^[^\s@]+@[^\s@]+$/.test(text)) {
    return { error: { key: 'form.error.email' } };
  }
  if (field.type === 'url' && !/^https?:\/\/\S+$/i.test(text)) {
    return { error: { key: 'form.error.url' } };
  }
  if (field.type === 'json' && !isJson(text)) {
    return { error: { key: 'form.error.json' } };
  }
  return { value: text };
}

/** What an input's text means, or why it means nothing. The server checks again and has the last word. */
export function parseField(field: FieldMeta, text: string, zone: string): Parsed {
  const trimmed = isLong(field.type) ? text : text.trim();
  if (trimmed.trim() === '') {
    return field.required ? { error: { key: 'form.error.required' } } : { value: null };
  }
  if (isNumber(field.type) && field.type !== 'duration') {
    return parseNumber(field, trimmed);
  }
  switch (field.type) {
    case 'boolean':
      return { value: trimmed === 'true' };
    case 'date':
      return isDay(trimmed) ? { value: trimmed } : { error: { key: 'form.error.date' } };
    case 'datetime':
      return parseDateTime(trimmed, zone);
    case 'duration':
      return parseDuration(field, trimmed);
    case 'multiPicklist':
    case 'tags':
      return { value: listOf(trimmed) };
    case 'address':
      return { value: addressOf(trimmed) };
    case 'file':
    case 'image':
      return { value: { id: (JSON.parse(trimmed) as { id: string }).id } };
    case 'geo': {
      const point = pointOf(trimmed);
      return point === undefined ? { error: { key: 'form.error.geo' } } : { value: point };
    }
    case 'picklist':
    case 'currency':
    case 'time':
    case 'lookup':
    case 'user':
      return { value: trimmed };
    default:
      return parseText(field, trimmed);
  }
}

export interface ParsedForm {
  values: Record<string, Value>;
  errors: Record<string, FieldError>;
}

export function parseForm(fields: readonly FieldMeta[], form: FormValues, zone: string): ParsedForm {
  const values: Record<string, Value> = {};
  const errors: Record<string, FieldError> = {};
  for (const field of fields) {
    const parsed = parseField(field, form[field.property] ?? '', zone);
    if ('error' in parsed) {
      errors[field.property] = parsed.error;
    } else {
      values[field.property] = parsed.value;
    }
  }
  return { values, errors };
}
