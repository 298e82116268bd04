import { isList, isNumber } from '../../api/odata';
import type { FieldMeta, FieldType } from '../../api/types';

export type Operator =
  | 'contains'
  | 'startswith'
  | 'during'
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
  /** The lookups the field is reached through, from the entity on; none for a field of its own. */
  via: readonly FieldMeta[];
  operator: Operator;
  values: readonly string[];
}

/** Conditions of which all or any must hold. */
export interface Group {
  match: Match;
  items: readonly FilterItem[];
}

/** Part of an expression that the chips did not write and cannot show field by field. */
export interface RawCondition {
  raw: string;
}

export type Match = 'all' | 'any';
export type FilterItem = Condition | Group | RawCondition;

/** A field is looked for over at most as many lookups. */
export const MOST_HOPS = 3;

export function isRaw(item: FilterItem): item is RawCondition {
  return 'raw' in item;
}

export function isGroup(item: FilterItem): item is Group {
  return 'match' in item;
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
      return ['eq', 'ge', 'le', 'gt', 'lt', ...EXISTENCE];
    case 'date':
      return ['during', 'eq', 'ge', 'le', 'gt', 'lt', ...EXISTENCE];
    case 'datetime':
      return ['during', 'ge', 'lt', ...EXISTENCE];
    case 'address':
    case 'geo':
    case 'file':
    case 'image':
      return EXISTENCE;
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

/** Names a place that a condition can ask: the lookups on the way and the field. */
export function placeKey(place: Pick<Condition, 'via' | 'field'>): string {
  return [...place.via, place.field].map((field) => field.name).join('/');
}
