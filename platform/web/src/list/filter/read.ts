import type { Entity, Model } from '../../api/model';
import type { FieldMeta, FieldType } from '../../api/types';
import { type FilterItem, type Group, isGroup, type Match, MOST_HOPS, type Operator, operatorsFor } from './conditions';
import { readPeriod } from './periods';

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
  via: readonly FieldMeta[];
}

function resolve(model: Model, entity: Entity, path: string): Place | undefined {
  const place = model.place(entity, path);
  return place !== undefined && place.via.length <= MOST_HOPS ? place : undefined;
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
  const period = readPeriod(text);
  if (period !== undefined) {
    return { path: period.path, operator: 'during', values: [period.value] };
  }
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
function asOneChoice(parts: readonly string[]): string | undefined {
  const compared = parts.map((part) => COMPARISON.exec(unwrap(part)));
  const [path] = compared.map((part) => part?.[1]);
  const alike = compared.every((part) => part?.[1] === path && part?.[2] === 'eq' && part[3] !== 'null');
  return alike ? `${path} in (${compared.map((part) => part?.[3]).join(',')})` : undefined;
}

/** Groups of the same kind within each other say nothing more than one group. */
function flat(match: Match, items: readonly FilterItem[]): Group {
  return { match, items: items.flatMap((item) => (isGroup(item) && item.match === match ? item.items : [item])) };
}

function readExpression(model: Model, entity: Entity, expression: string): FilterItem {
  const text = unwrap(expression);
  const read = (parts: string[]) => parts.map((part) => readExpression(model, entity, part));
  const alternatives = splitTopLevel(text, ' or ');
  if (alternatives.length > 1) {
    const choice = asOneChoice(alternatives);
    return choice === undefined ? flat('any', read(alternatives)) : readPart(model, entity, choice);
  }
  const parts = splitTopLevel(text, ' and ');
  return parts.length > 1 ? flat('all', read(parts)) : readPart(model, entity, text);
}

/** Reads an expression back into chips; what they did not write stays whole in a chip of its own. */
export function readFilter(model: Model, entity: Entity, expression: string): readonly FilterItem[] {
  if (unwrap(expression) === '') {
    return [];
  }
  const read = readExpression(model, entity, expression);
  return isGroup(read) && read.match === 'all' ? read.items : [read];
}
