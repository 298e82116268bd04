import { isList, literal, quote } from '../../api/odata';
import { type Condition, type FilterItem, isGroup, isRaw, type Match, type Operator } from './conditions';
import { writePeriod } from './periods';

function pathOf({ via, field }: Condition): string {
  return [...via.map((lookup) => lookup.navigation), field.property].join('/');
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
    case 'during':
      return writePeriod(path, condition.values[0] ?? '');
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

function writeItem(item: FilterItem, alone: boolean): string {
  if (isRaw(item)) {
    return item.raw;
  }
  if (!isGroup(item)) {
    return writeCondition(item);
  }
  const text = writeItems(item.items, item.match);
  return alone || item.items.length < 2 ? text : `(${text})`;
}

function writeItems(items: readonly FilterItem[], match: Match): string {
  return items.map((item) => writeItem(item, items.length === 1)).join(match === 'all' ? ' and ' : ' or ');
}

/** The API's own expression for what the chips show; all of them must hold. */
export function writeFilter(items: readonly FilterItem[]): string {
  return writeItems(items, 'all');
}
