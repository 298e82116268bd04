import { Decimal } from './decimal';

const DAY = 86_400_000;
const FARTHEST_DAYS = Decimal.whole(4_000_000);
const FARTHEST_SECONDS = Decimal.whole(400_000_000_000);
const MICROS = 1_000_000n;

/** Milliseconds of a day at midnight, years before 100 included, which Date.UTC takes for others. */
function utc(year: number, month: number, day: number, ...time: number[]): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(time[0] ?? 0, time[1] ?? 0, time[2] ?? 0);
  return date.getTime();
}

/** A day of the calendar. */
export class Day {
  constructor(private readonly millis: number) {}

  static parse(text: string): Day | undefined {
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    return parts === null ? undefined : (Day.of(Number(parts[1]), Number(parts[2]), Number(parts[3])) ?? undefined);
  }

  /** Nothing when there is no such day. */
  static of(year: number, month: number, day: number): Day | null {
    const made = new Day(utc(year, month, day));
    const there = made.year === year && made.month === month && made.day === day;
    return there && year >= 1 && year <= 9_999 ? made : null;
  }

  private get date(): Date {
    return new Date(this.millis);
  }

  get year(): number {
    return this.date.getUTCFullYear();
  }

  get month(): number {
    return this.date.getUTCMonth() + 1;
  }

  get day(): number {
    return this.date.getUTCDate();
  }

  get weekday(): number {
    return this.date.getUTCDay() || 7;
  }

  plusDays(count: Decimal): Day | null {
    return far(count, FARTHEST_DAYS) ? null : new Day(this.millis + count.clamped(4_000_000) * DAY).within();
  }

  plusMonths(count: Decimal): Day | null {
    if (far(count, FARTHEST_DAYS)) {
      return null;
    }
    const months = this.year * 12 + this.month - 1 + count.clamped(4_000_000);
    const year = Math.floor(months / 12);
    const month = months - year * 12 + 1;
    return new Day(utc(year, month, Math.min(this.day, new Day(utc(year, month + 1, 0)).day))).within();
  }

  private within(): Day | null {
    return this.year < 1 || this.year > 9_999 ? null : this;
  }

  daysSince(other: Day): number {
    return Math.round((this.millis - other.millis) / DAY);
  }

  firstOfMonth(): Day {
    return new Day(utc(this.year, this.month, 1));
  }

  lastOfMonth(): Day {
    return new Day(utc(this.year, this.month + 1, 0));
  }

  compare(other: Day): number {
    return Math.sign(this.millis - other.millis);
  }

  toString(): string {
    return `${padded(this.year, 4)}-${padded(this.month, 2)}-${padded(this.day, 2)}`;
  }
}

/** A point in time, to the microsecond. */
export class Moment {
  private constructor(private readonly micros: bigint) {}

  static parse(text: string): Moment | undefined {
    const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
    if (parts === null) {
      return undefined;
    }
    const [, minute, second = '00', fraction = '', offset] = parts;
    const millis = Date.parse(`${minute}:${second}${offset}`);
    return Number.isNaN(millis)
      ? undefined
      : new Moment(BigInt(millis) * 1_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0')));
  }

  private get seconds(): bigint {
    return (this.micros - (((this.micros % MICROS) + MICROS) % MICROS)) / MICROS;
  }

  plusSeconds(count: Decimal): Moment | null {
    if (far(count, FARTHEST_SECONDS)) {
      return null;
    }
    const moved = new Moment(this.micros + BigInt(count.round(0).toString()) * MICROS);
    const year = new Date(Number(moved.seconds) * 1000).getUTCFullYear();
    return year < 1 || year > 9_999 ? null : moved;
  }

  secondsSince(other: Moment): Decimal {
    return Decimal.whole(this.micros - other.micros, 6);
  }

  compare(other: Moment): number {
    return this.micros < other.micros ? -1 : this.micros > other.micros ? 1 : 0;
  }

  /** What a clock shows in the zone. */
  in(zone: string): { day: Day; hour: number; minute: number } {
    const parts = clock(zone).formatToParts(new Date(Number(this.seconds) * 1000));
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    const year = part('era') === 'BC' ? 1 - Number(part('year')) : Number(part('year'));
    const day = new Day(utc(year, Number(part('month')), Number(part('day'))));
    return { day, hour: Number(part('hour')), minute: Number(part('minute')) };
  }

  textIn(zone: string): string {
    const { day, hour, minute } = this.in(zone);
    return `${day} ${padded(hour, 2)}:${padded(minute, 2)}`;
  }

  toString(): string {
    const second = new Date(Number(this.seconds) * 1000).toISOString().slice(0, 19);
    const micros = (((this.micros % MICROS) + MICROS) % MICROS).toString().padStart(6, '0');
    const fraction = micros === '000000' ? '' : `.${micros.endsWith('000') ? micros.slice(0, 3) : micros}`;
    return `${second}${fraction}Z`;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than all that is done with it. */
function clock(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) {
    return known;
  }
  const numeric = 'numeric';
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    era: 'short',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    hourCycle: 'h23',
  });
  clocks.set(zone, made);
  return made;
}

function far(count: Decimal, most: Decimal): boolean {
  return count.abs().compare(most) > 0;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
