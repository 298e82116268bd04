import type { FieldMeta, FieldType } from './types';

const DATA = '/api/v1/data/';

export interface Query {
  filter?: string | undefined;
  select?: readonly string[] | undefined;
  expand?: readonly string[] | undefined;
  orderby?: string | undefined;
  top?: number | undefined;
  count?: boolean | undefined;
  search?: string | undefined;
  apply?: string | undefined;
}

export function setUrl(setName: string, query: Query = {}): string {
  const options: [string, string | undefined][] = [
    ['$apply', query.apply],
    ['$filter', query.filter],
    ['$search', query.search],
    ['$select', query.select?.join(',')],
    ['$expand', query.expand?.join(',')],
    ['$orderby', query.orderby],
    ['$top', query.top?.toString()],
    ['$count', query.count ? 'true' : undefined],
  ];
  const text = options
    .filter((option): option is [string, string] => option[1] !== undefined && option[1] !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return DATA + setName + (text === '' ? '' : `?${text}`);
}

/** The header Prefer for pages of so many records; `$top` would end the list there. */
export function pageSize(records: number): string {
  return `odata.maxpagesize=${records}`;
}

export function recordUrl(setName: string, id: string): string {
  return `${DATA}${setName}(${id})`;
}

/** The server's next link, absolute or relative, as a path on this origin. */
export function nextPath(nextLink: string): string {
  const url = new URL(nextLink, `http://relata.invalid${DATA}`);
  return url.pathname + url.search;
}

export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const QUOTED: ReadonlySet<FieldType> = new Set([
  'text',
  'longText',
  'richText',
  'autoNumber',
  'currency',
  'email',
  'phone',
  'url',
  'picklist',
  'multiPicklist',
  'tags',
  'json',
]);

const NUMBERS: ReadonlySet<FieldType> = new Set(['integer', 'decimal', 'money', 'percent', 'rating', 'duration']);

export function isText(type: FieldType): boolean {
  return QUOTED.has(type);
}

export function isNumber(type: FieldType): boolean {
  return NUMBERS.has(type);
}

/** Texts of many lines: no column, no order, the whole width of a form. */
export function isLong(type: FieldType): boolean {
  return type === 'longText' || type === 'richText' || type === 'json';
}

export function isList(type: FieldType): boolean {
  return type === 'multiPicklist' || type === 'tags';
}

/** A value as it stands in a $filter, by the field's type. */
export function literal(type: FieldType, value: string): string {
  return QUOTED.has(type) ? quote(value) : value;
}

/** What a person typed in a search box, as $search words that must all occur. */
export function searchExpression(typed: string): string | undefined {
  const words = typed.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return undefined;
  }
  return words.map((word) => `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(' ');
}

export function all(...conditions: (string | undefined)[]): string | undefined {
  const given = conditions.filter((condition): condition is string => condition !== undefined && condition !== '');
  return given.length > 1 ? given.map((condition) => `(${condition})`).join(' and ') : given[0];
}

/** The $orderby path of a field: a lookup sorts by the name of what it points to. */
export function sortPath(field: FieldMeta, targetNameProperty: string | undefined): string {
  return field.type === 'lookup' && field.navigation !== undefined && targetNameProperty !== undefined
    ? `${field.navigation}/${targetNameProperty}`
    : field.property;
}
