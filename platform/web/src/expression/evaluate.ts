import { Decimal } from './decimal';
import { compareTexts, labelOf, last, lower, matches, numberOf, substring, trim, upper } from './texts';
import { Day, Moment } from './time';
import type { CallNode, ConstantNode, Node, TypeWord } from './tree';

/** What an expression computes with; `null` is empty. A duration is a number of seconds. */
export type Computed = string | boolean | Decimal | Day | Moment | readonly string[] | null;

/** When, where and for whom an expression is computed. */
export interface Environment {
  now: Moment;
  zone: string;
  language: string;
}

/** What the names stand for: the path's field as the API brings it. */
export type Values = (path: readonly string[]) => unknown;

/** Said when an expression would take too much work. */
export class Exhausted extends Error {}

const QUOTIENT_SCALE = 10;
const STEPS = 200_000;

/** A value of the API, or of the tree, as what is computed with. */
export function computedOf(value: unknown, type: TypeWord): Computed {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === 'boolean') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(String);
  }
  const text = String(value);
  switch (type) {
    case 'number':
    case 'duration':
      return Decimal.of(text) ?? null;
    case 'date':
      return Day.parse(text) ?? null;
    case 'datetime':
      return Moment.parse(text) ?? null;
    default:
      return text;
  }
}

/** Computes a tree for one record. Means the same as Java's evaluator, which the vectors in the tests hold it to. */
export function evaluate(node: Node, values: Values, environment: Environment): Computed {
  return new Evaluation(values, environment).value(node);
}

/** Whether a condition is true; what is empty is not. */
export function holds(node: Node, values: Values, environment: Environment): boolean {
  return evaluate(node, values, environment) === true;
}

type Strict = (given: readonly Computed[], call: CallNode, environment: Environment) => Computed;

const number = (value: Computed | undefined) => value as Decimal;
const text = (value: Computed | undefined) => value as string;
const day = (value: Computed | undefined) => value as Day;
const moment = (value: Computed | undefined) => value as Moment;
const whole = (value: number) => Decimal.whole(value);

/** What is empty, or a condition false, as soon as an argument is empty. */
const STRICT: Record<string, Strict> = {
  add: ([a, b]) => number(a).plus(number(b)),
  subtract: ([a, b]) => number(a).minus(number(b)),
  multiply: ([a, b]) => number(a).times(number(b)),
  divide: ([a, b]) => number(a).by(number(b), QUOTIENT_SCALE),
  modulo: ([a, b]) => number(a).modulo(number(b)),
  negate: ([a]) => number(a).negated(),
  abs: ([a]) => number(a).abs(),
  round: ([a, b]) => number(a).round(number(b).clamped(QUOTIENT_SCALE)),
  floor: ([a]) => number(a).floor(),
  ceiling: ([a]) => number(a).ceiling(),
  text_of_number: ([a]) => number(a).toString(),
  text_of_truth: ([a]) => String(a),
  has_item: ([a, b]) => (a as readonly string[]).includes(text(b)),
  size: ([a]) => whole(Array.isArray(a) ? a.length : [...text(a)].length),
  lower: ([a]) => lower(text(a)),
  upper: ([a]) => upper(text(a)),
  trim: ([a]) => trim(text(a)),
  contains: ([a, b]) => text(a).includes(text(b)),
  starts_with: ([a, b]) => text(a).startsWith(text(b)),
  ends_with: ([a, b]) => text(a).endsWith(text(b)),
  substring: ([a, from, to]) => substring(text(a), number(from), number(to)),
  last: ([a, count]) => last(text(a), number(count)),
  replace: ([a, part, other]) => (part === '' ? text(a) : text(a).split(text(part)).join(text(other))),
  matches: ([a], call) => matches(text(a), call.steps ?? []),
  label: ([a], call, { language }) => labelOf(call.labels?.[text(a)], text(a), language),
  number_of: ([a]) => numberOf(text(a)),
  text_of_date: ([a]) => day(a).toString(),
  year: ([a]) => whole(day(a).year),
  month: ([a]) => whole(day(a).month),
  day: ([a]) => whole(day(a).day),
  weekday: ([a]) => whole(day(a).weekday),
  make_date: ([year, month, date]) => made(number(year), number(month), number(date)),
  add_days: ([a, count]) => day(a).plusDays(number(count)),
  add_months: ([a, count]) => day(a).plusMonths(number(count)),
  days_between: ([a, b]) => whole(day(a).daysSince(day(b))),
  first_of_month: ([a]) => day(a).firstOfMonth(),
  last_of_month: ([a]) => day(a).lastOfMonth(),
  text_of_moment: ([a], _call, { zone }) => moment(a).textIn(zone),
  date_of: ([a], _call, { zone }) => moment(a).in(zone).day,
  hour: ([a], _call, { zone }) => whole(moment(a).in(zone).hour),
  minute: ([a], _call, { zone }) => whole(moment(a).in(zone).minute),
  move: ([a, span]) => moment(a).plusSeconds(number(span)),
  span_between: ([a, b]) => moment(a).secondsSince(moment(b)),
};

function made(year: Decimal, month: Decimal, date: Decimal): Day | null {
  const parts = [year, month, date];
  const [y = 0, m = 0, d = 0] = parts.map((part) => part.clamped(100_000));
  return parts.every((part) => part.isWhole()) ? Day.of(y, m, d) : null;
}

function isEmpty(value: Computed): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function same(one: Computed, other: Computed): boolean {
  return one === null || other === null ? one === other : compare(one, other) === 0;
}

function compare(one: Computed, other: Computed): number {
  if (one instanceof Decimal && other instanceof Decimal) {
    return one.compare(other);
  }
  if (one instanceof Day && other instanceof Day) {
    return one.compare(other);
  }
  if (one instanceof Moment && other instanceof Moment) {
    return one.compare(other);
  }
  return compareTexts(String(one), String(other));
}

function ordered(test: (order: number) => boolean) {
  return ([one = null, other = null]: readonly Computed[]) =>
    one !== null && other !== null && test(compare(one, other));
}

/** What has an answer whatever is empty. */
const COMPARED: Record<string, (given: readonly Computed[]) => boolean> = {
  equal: ([one = null, other = null]) => same(one, other),
  not_equal: ([one = null, other = null]) => !same(one, other),
  one_of: ([one = null, ...choices]) => choices.some((choice) => same(one, choice)),
  less: ordered((order) => order < 0),
  less_or_equal: ordered((order) => order <= 0),
  greater: ordered((order) => order > 0),
  greater_or_equal: ordered((order) => order >= 0),
};

class Evaluation {
  private steps = STEPS;

  constructor(
    private readonly values: Values,
    private readonly environment: Environment,
  ) {}

  value(node: Node): Computed {
    this.steps--;
    if (this.steps < 0) {
      throw new Exhausted();
    }
    if ('op' in node) {
      return this.call(node);
    }
    return 'path' in node ? computedOf(this.values(node.path), node.type) : constant(node);
  }

  private holds(node: Node): boolean {
    return this.value(node) === true;
  }

  private at(call: CallNode, index: number): Computed {
    const argument = call.of[index];
    return argument === undefined ? null : this.value(argument);
  }

  private call(call: CallNode): Computed {
    switch (call.op) {
      case 'and':
        return call.of.every((part) => this.holds(part));
      case 'or':
        return call.of.some((part) => this.holds(part));
      case 'not':
        return this.at(call, 0) !== true;
      case 'if':
        return this.at(call, this.at(call, 0) === true ? 1 : 2);
      case 'coalesce':
        return this.coalesce(call);
      case 'is_empty':
        return isEmpty(this.at(call, 0));
      case 'concat':
        return `${this.at(call, 0) ?? ''}${this.at(call, 1) ?? ''}`;
      case 'today':
        return this.environment.now.in(this.environment.zone).day;
      case 'now':
        return this.environment.now;
      case 'least':
      case 'greatest':
        return this.extreme(call);
      default:
        return this.computed(call);
    }
  }

  private coalesce(call: CallNode): Computed {
    for (const argument of call.of) {
      const value = this.value(argument);
      if (value !== null) {
        return value;
      }
    }
    return null;
  }

  private extreme(call: CallNode): Computed {
    const wanted = call.op === 'least' ? -1 : 1;
    const there = call.of.map((argument) => this.value(argument)).filter((value) => value !== null);
    return there.reduce<Computed>(
      (best, value) => (best === null || compare(value, best) === wanted ? value : best),
      null,
    );
  }

  private computed(call: CallNode): Computed {
    const given = call.of.map((argument) => this.value(argument));
    const compared = COMPARED[call.op];
    if (compared !== undefined) {
      return compared(given);
    }
    const compute = STRICT[call.op];
    if (compute === undefined) {
      throw new Error(`Not computable: ${call.op}`);
    }
    if (given.some((value) => value === null)) {
      return call.type === 'boolean' ? false : null;
    }
    return compute(given, call, this.environment);
  }
}

function constant(node: ConstantNode): Computed {
  return computedOf(node.value, node.type);
}
