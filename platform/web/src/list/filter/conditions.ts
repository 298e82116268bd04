import type { Entity, Model } from '../../api/model';
import { isList, isNumber, literal, quote } from '../../api/odata';
import type { FieldMeta, FieldType } from '../../api/types';

export type Operator =
  | 'contains'
  | 'startswith'
  | 'eq'
  | 'ne'
  | 'gt'
  | 'ge'
  | 'lt'
  | 'le'
  | 'in'
  | 'notIn'
  | 'empty'
  | 'notEmpty';

export interface Condition {
  field: FieldMeta;
  /** The lookup the field is reached through, when it belongs to another entity. */
  via?: FieldMeta;
  operator: Operator;
  values: readonly string[];
}

/** Part of an expression that the chips did not write and cannot show field by field. */
export interface RawCondition {
  raw: string;
}

export type FilterItem = Condition | RawCondition;

export function isRaw(item: FilterItem): item is RawCondition {
  return 'raw' in item;
}

const EXISTENCE: readonly Operator[] = ['empty', 'notEmpty'];

export function operatorsFor(type: FieldType): readonly Operator[] {
  if (isList(type)) {
    return ['in', 'notIn', ...EXISTENCE];
  }
  if (isNumber(type)) {
    return ['eq', 'ne', 'ge', 'le', 'gt', 'lt', ...EXISTENCE];
  }
  switch (type) {
    case 'picklist':
      return ['in', 'notIn', ...EXISTENCE];
    case 'boolean':
      return ['eq'];
    case 'time':
    case 'date':
      return ['eq', 'ge', 'le', 'gt', 'lt', ...EXISTENCE];
    case 'datetime':
      return ['ge', 'lt', ...EXISTENCE];
    case 'lookup':
    case 'user':
      return ['eq', 'ne', ...EXISTENCE];
    default:
      return ['contains', 'startswith', 'eq', 'ne', ...EXISTENCE];
  }
}

export function takesValue(operator: Operator): boolean {
  return operator !== 'empty' && operator !== 'notEmpty';
}

export function takesMany(operator: Operator): boolean {
  return operator === 'in' || operator === 'notIn';
}

export function isComplete(condition: Condition): boolean {
  return !takesValue(condition.operator) || condition.values.some((value) => value !== '');
}

function pathOf(condition: Condition): string {
  const { via, field } = condition;
  return via?.navigation === undefined ? field.property : `${via.navigation}/${field.property}`;
}

/** A list is asked for what it has. */
function writeList(path: string, operator: Operator, values: readonly string[]): string {
  const asked = operator === 'in' || operator === 'notIn';
  const any = asked ? `${path}/any(v:v in (${values.join(',')}))` : `${path}/any()`;
  return operator === 'notIn' || operator === 'empty' ? `not ${any}` : any;
}

function writeCondition(condition: Condition): string {
  const path = pathOf(condition);
  const values = condition.values.map((value) => literal(condition.field.type, value));
  const [first = "''"] = values;
  if (isList(condition.field.type)) {
    return writeList(path, condition.operator, values);
  }
  switch (condition.operator) {
    case 'contains':
    case 'startswith':
      return `${condition.operator}(${path},${quote(condition.values[0] ?? '')})`;
    case 'empty':
      return `${path} eq null`;
    case 'notEmpty':
      return `${path} ne null`;
    case 'in':
      return values.length > 1 ? `${path} in (${values.join(',')})` : `${path} eq ${first}`;
    case 'notIn':
      return values.length > 1 ? `not (${path} in (${values.join(',')}))` : `${path} ne ${first}`;
    default:
      return `${path} ${condition.operator} ${first}`;
  }
}

/** The API's own expression for what the chips show. */
export function writeFilter(items: readonly FilterItem[]): string {
  const parts = items.map((item) => (isRaw(item) ? item.raw : writeCondition(item)));
  return parts.length > 1
    ? parts.map((part) => (hasTopLevel(part, ' or ') ? `(${part})` : part)).join(' and ')
    : (parts[0] ?? '');
}

/** Splits where the separator stands outside quotes and parentheses. */
function splitTopLevel(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "'") {
      quoted = !quoted;
    } else if (!quoted && character === '(') {
      depth += 1;
    } else if (!quoted && character === ')') {
      depth -= 1;
    } else if (!quoted && depth === 0 && text.startsWith(separator, index)) {
      parts.push(text.slice(start, index));
      start = index + separator.length;
    }
  }
  return [...parts, text.slice(start)];
}

function hasTopLevel(text: string, separator: string): boolean {
  return splitTopLevel(text, separator).length > 1;
}

/** `(a eq 1)` as `a eq 1`, but not `(a) and (b)`. */
function unwrap(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('(') || !trimmed.endsWith(')')) {
    return trimmed;
  }
  const inner = trimmed.slice(1, -1);
  let depth = 0;
  let quoted = false;
  for (const character of inner) {
    if (character === "'") {
      quoted = !quoted;
    }
    depth += quoted ? 0 : character === '(' ? 1 : character === ')' ? -1 : 0;
    if (depth < 0) {
      return trimmed;
    }
  }
  return unwrap(inner);
}

interface Place {
  field: FieldMeta;
  via?: FieldMeta;
}

function resolve(model: Model, entity: Entity, path: string): Place | undefined {
  const [head = '', tail, more] = path.split('/');
  if (more !== undefined) {
    return undefined;
  }
  if (tail === undefined) {
    const field = entity.fieldByProperty(head);
    return field === undefined ? undefined : { field };
  }
  const via = entity.fieldByNavigation(head);
  const field = via === undefined ? undefined : model.target(via)?.fieldByProperty(tail);
  return via === undefined || field === undefined ? undefined : { field, via };
}

function unquote(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith("'") ? trimmed.slice(1, -1).replaceAll("''", "'") : trimmed;
}

const PATH = '([A-Za-z_][\\w/]*)';
const STRING = "'(?:[^']|'')*'";
const LITERAL = `(${STRING}|[^'\\s(),]+)`;
const FUNCTION = new RegExp(`^(contains|startswith)\\(${PATH},\\s*(${STRING})\\)$`);
const COMPARISON = new RegExp(`^${PATH} (eq|ne|gt|ge|lt|le) ${LITERAL}$`);
const MEMBER = new RegExp(`^${PATH} in \\((.+)\\)$`);
const LIST = new RegExp(`^(not )?${PATH}/any\\((?:v:v in \\((.+)\\))?\\)$`);
const NOT_MEMBER = new RegExp(`^not \\(${PATH} in \\((.+)\\)\\)$`);

interface Parsed {
  path: string;
  operator: Operator;
  values: string[];
}

function parseList(text: string): Parsed | undefined {
  const list = LIST.exec(text);
  if (list === null) {
    return undefined;
  }
  const [, not, path = '', values] = list;
  if (values === undefined) {
    return { path, operator: not === undefined ? 'notEmpty' : 'empty', values: [] };
  }
  return { path, operator: not === undefined ? 'in' : 'notIn', values: splitTopLevel(values, ',').map(unquote) };
}

function parsePart(text: string): Parsed | undefined {
  const called = FUNCTION.exec(text);
  if (called !== null) {
    return { path: called[2] ?? '', operator: called[1] as Operator, values: [unquote(called[3] ?? '')] };
  }
  const compared = COMPARISON.exec(text);
  if (compared !== null) {
    const [, path = '', operator, value = ''] = compared;
    if (value === 'null') {
      return { path, operator: operator === 'eq' ? 'empty' : 'notEmpty', values: [] };
    }
    return { path, operator: operator as Operator, values: [unquote(value)] };
  }
  return parseList(text) ?? parseMember(text);
}

function parseMember(text: string): Parsed | undefined {
  const notMember = NOT_MEMBER.exec(text);
  const member = notMember ?? MEMBER.exec(text);
  if (member === null) {
    return undefined;
  }
  const values = splitTopLevel(member[2] ?? '', ',').map(unquote);
  return { path: member[1] ?? '', operator: notMember === null ? 'in' : 'notIn', values };
}

/** A picklist is always asked as a choice of some, even when only one is chosen. */
function asOffered(parsed: Parsed, type: FieldType): Operator {
  if (type === 'picklist' && parsed.operator === 'eq') {
    return 'in';
  }
  return type === 'picklist' && parsed.operator === 'ne' ? 'notIn' : parsed.operator;
}

function readPart(model: Model, entity: Entity, text: string): FilterItem {
  const parsed = parsePart(text);
  const place = parsed === undefined ? undefined : resolve(model, entity, parsed.path);
  if (parsed === undefined || place === undefined) {
    return { raw: text };
  }
  const operator = asOffered(parsed, place.field.type);
  const known = operatorsFor(place.field.type).includes(operator);
  return known ? { ...place, operator, values: parsed.values } : { raw: text };
}

/** `a eq 1 or a eq 2` says the same as `a in (1,2)`. */
function readAlternatives(text: string): string {
  const parts = splitTopLevel(text, ' or ').map((part) => COMPARISON.exec(unwrap(part)));
  const [path] = parts.map((part) => part?.[1]);
  const alike = parts.every((part) => part?.[1] === path && part?.[2] === 'eq' && part[3] !== 'null');
  return alike && parts.length > 1 ? `${path} in (${parts.map((part) => part?.[3]).join(',')})` : text;
}

/** Reads an expression back into chips; what they did not write stays whole in a chip of its own. */
export function readFilter(model: Model, entity: Entity, expression: string): FilterItem[] {
  const text = readAlternatives(unwrap(expression));
  if (text === '') {
    return [];
  }
  if (hasTopLevel(text, ' or ')) {
    return [{ raw: text }];
  }
  return splitTopLevel(text, ' and ').map((part) => readPart(model, entity, readAlternatives(unwrap(part))));
}
