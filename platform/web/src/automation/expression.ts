import { isNumber } from '../api/odata';
import type { FieldType } from '../api/types';
import { type Condition, type FilterItem, isGroup, isRaw, type Match, type Operator } from '../list/filter/conditions';
import { periodOf } from '../list/filter/periods';
import type { Choice } from '../list/filter/useChoices';

const KNOWN: ReadonlySet<FieldType> = new Set([
  'text',
  'longText',
  'autoNumber',
  'email',
  'phone',
  'url',
  'picklist',
  'integer',
  'decimal',
  'money',
  'percent',
  'boolean',
  'date',
  'datetime',
]);

/** Whether an expression can compare what the field holds with what one writes. */
export function comparable(choice: Choice): boolean {
  return KNOWN.has(choice.field.type);
}

const SIGNS: Partial<Record<Operator, string>> = { eq: '==', ne: '!=', gt: '>', ge: '>=', lt: '<', le: '<=' };

const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function literal(type: FieldType, value: string): string {
  if (isNumber(type) || type === 'boolean') {
    return value;
  }
  return type === 'date' || type === 'datetime' ? `${type}(${quote(value)})` : quote(value);
}

/** The first day of a unit, counted from the current one. */
function startOf(unit: string, offset: number): string {
  const plus = (days: number) => (days === 0 ? '' : days < 0 ? ` - ${-days}` : ` + ${days}`);
  switch (unit) {
    case 'Week':
      return `today() - weekday(today())${plus(1 + 7 * offset)}`;
    case 'Month':
      return `startOfMonth(${offset === 0 ? 'today()' : `addMonths(today(), ${offset})`})`;
    case 'Quarter':
      return `startOfMonth(addMonths(today(), ${3 * offset} - (month(today()) - 1) % 3))`;
    case 'Year':
      return `date(year(today())${plus(offset)}, 1, 1)`;
    default:
      return `today()${plus(offset)}`;
  }
}

const SINGLE: Readonly<Record<string, number>> = { Last: -1, This: 0, Next: 1 };
const DAYS: Readonly<Record<string, number>> = { Yesterday: -1, Today: 0, Tomorrow: 1 };

/** A stretch of time seen from today: from a day on, and before another. */
function rangeOf(value: string): { from?: string; before?: string } {
  const { name = '', number } = periodOf(value) ?? {};
  const count = Number(number ?? 0);
  const day = DAYS[name];
  const [, which = '', unit = ''] = /^(Last|This|Next)(\w+?)s?$/.exec(name) ?? [];
  if (day !== undefined) {
    return { from: startOf('Day', day), before: startOf('Day', day + 1) };
  }
  switch (name) {
    case 'BeforeToday':
      return { before: startOf('Day', 0) };
    case 'AfterToday':
      return { from: startOf('Day', 1) };
    case 'OlderThanDays':
      return { before: startOf('Day', -count) };
    default:
  }
  if (number === undefined) {
    const offset = SINGLE[which] ?? 0;
    return { from: startOf(unit, offset), before: startOf(unit, offset + 1) };
  }
  return which === 'Last'
    ? { from: startOf(unit, -count), before: startOf(unit, 1) }
    : { from: startOf(unit, 0), before: startOf(unit, 1 + count) };
}

function writePeriod(path: string, type: FieldType, value: string): string {
  const day = type === 'datetime' ? `date(${path})` : path;
  const { from, before } = rangeOf(value);
  return [
    ...(from === undefined ? [] : [`${day} >= ${from}`]),
    ...(before === undefined ? [] : [`${day} < ${before}`]),
  ].join(' && ');
}

function writeCondition({ via, field, operator, values }: Condition): string {
  const path = [...via, field].map((one) => one.name).join('.');
  const [first = ''] = values;
  const among = `${path} in [${values.map((value) => literal(field.type, value)).join(', ')}]`;
  switch (operator) {
    case 'during':
      return writePeriod(path, field.type, first);
    case 'contains':
      return `contains(lower(${path}), ${quote(first.toLowerCase())})`;
    case 'startswith':
      return `startsWith(lower(${path}), ${quote(first.toLowerCase())})`;
    case 'empty':
      return `isEmpty(${path})`;
    case 'notEmpty':
      return `!isEmpty(${path})`;
    case 'in':
      return values.length > 1 ? among : `${path} == ${literal(field.type, first)}`;
    case 'notIn':
      return values.length > 1 ? `!(${among})` : `${path} != ${literal(field.type, first)}`;
    default:
      return `${path} ${SIGNS[operator]} ${literal(field.type, first)}`;
  }
}

function writeItem(item: FilterItem, alone: boolean): string {
  if (isRaw(item)) {
    return item.raw;
  }
  if (!isGroup(item)) {
    const text = writeCondition(item);
    return alone || !text.includes(' && ') ? text : `(${text})`;
  }
  const text = writeItems(item.items, item.match);
  return alone || item.items.length < 2 ? text : `(${text})`;
}

function writeItems(items: readonly FilterItem[], match: Match): string {
  return items.map((item) => writeItem(item, items.length === 1)).join(match === 'all' ? ' && ' : ' || ');
}

/** The expression for conditions that were chosen; all of them must hold. */
export function writeExpression(items: readonly FilterItem[]): string {
  return writeItems(items, 'all');
}

/** Both must hold. */
export function both(before: string, next: string): string {
  const kept = before.trim();
  if (kept === '' || next === '') {
    return kept || next;
  }
  const grouped = (text: string) => (/\|\||\?/.test(text) ? `(${text})` : text);
  return `${grouped(kept)} && ${grouped(next)}`;
}
