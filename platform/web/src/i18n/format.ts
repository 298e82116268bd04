import type { Lang, Value } from '../api/types';

/** Day before month in English: a date read on both sides of the ocean must not be ambiguous. */
const DATE_LOCALE: Record<Lang, string> = { en: 'en-GB', 'zh-CN': 'zh-CN' };
const NUMBER_LOCALE: Record<Lang, string> = { en: 'en-US', 'zh-CN': 'zh-CN' };

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Intl knows exact decimal strings; TypeScript's library only numbers. */
function numeric(value: number | string): number {
  return value as number;
}

/** Dates, numbers and money as the language, the tenant's time zone and its currency want them. */
export class Formatter {
  private readonly formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

  constructor(
    readonly lang: Lang,
    readonly timeZone: string,
    readonly currency: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Four digits stay together: years are integers too. */
  integer(value: number | string): string {
    const options = { maximumFractionDigits: 0, useGrouping: 'min2' } as const;
    return this.numberFormat('integer', options).format(numeric(value));
  }

  /** With a scale, columns of numbers line up: at least its first two decimals are shown. */
  number(value: number | string, scale?: number): string {
    const options: Intl.NumberFormatOptions =
      scale === undefined
        ? { maximumFractionDigits: 12 }
        : { minimumFractionDigits: Math.min(scale, 2), maximumFractionDigits: scale };
    return this.numberFormat(`n${scale ?? ''}`, options).format(numeric(value));
  }

  money(value: number | string, currency = this.currency): string {
    return this.numberFormat(`money${currency}`, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      trailingZeroDisplay: 'stripIfInteger',
    } as Intl.NumberFormatOptions).format(numeric(value));
  }

  /** A number in the way that its field's definition asks for. */
  styled(
    value: number | string,
    style: 'compact' | 'plain' | undefined,
    decimals: number | undefined,
    currency?: string,
  ) {
    const digits = decimals ?? (style === 'compact' ? 1 : undefined);
    const options: Intl.NumberFormatOptions = {
      ...(style === 'compact' ? { notation: 'compact' } : {}),
      ...(style === 'plain' ? { useGrouping: false } : {}),
      ...(currency === undefined ? {} : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
      ...(digits === undefined
        ? currency === undefined
          ? { maximumFractionDigits: 12 }
          : {}
        : { minimumFractionDigits: style === 'compact' ? 0 : digits, maximumFractionDigits: digits }),
    };
    return this.numberFormat(`styled${style}${digits}${currency}`, options).format(numeric(value));
  }

  /** A day, or a point in time on the tenant's clock, in the way that its field's definition asks for. */
  styledDate(value: string, style: 'short' | 'long' | 'month' | 'year' | 'day', ofDay: boolean): string {
    const date = new Date(ofDay ? `${value.slice(0, 10)}T00:00:00Z` : value);
    if (Number.isNaN(date.getTime())) {
      return value;
    }
    const options: Record<typeof style, Intl.DateTimeFormatOptions> = {
      short: { year: 'numeric', month: '2-digit', day: '2-digit' },
      long: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
      month: { year: 'numeric', month: 'long' },
      year: { year: 'numeric' },
      day: { year: 'numeric', month: this.lang === 'zh-CN' ? 'long' : 'short', day: 'numeric' },
    };
    const shown = this.dateFormat(`styled${style}${ofDay}`, {
      timeZone: ofDay ? 'UTC' : this.timeZone,
      ...options[style],
    }).format(date);
    const withTime = !ofDay && (style === 'short' || style === 'long');
    return withTime ? `${shown} ${this.time(date)}` : shown;
  }

  moneyCompact(value: number): string {
    return this.numberFormat('compact', {
      style: 'currency',
      currency: this.currency,
      currencyDisplay: 'narrowSymbol',
      notation: 'compact',
      maximumFractionDigits: 1,
    }).format(value);
  }

  currencySymbol(currency = this.currency): string {
    const parts = this.numberFormat(`symbol${currency}`, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    }).formatToParts(0);
    return parts.find((part) => part.type === 'currency')?.value ?? currency;
  }

  /** Percent fields hold 65 for 65 %. */
  percent(value: number | string): string {
    return `${this.number(value)}%`;
  }

  share(fraction: number): string {
    return this.numberFormat('share', { style: 'percent', maximumFractionDigits: 0 }).format(fraction);
  }

  /** Short: the year only when it is not this year. */
  date(value: string, short = false): string {
    const date = new Date(`${value.slice(0, 10)}T00:00:00Z`);
    if (Number.isNaN(date.getTime())) {
      return value;
    }
    const withYear = !short || date.getUTCFullYear() !== this.now().getFullYear();
    return this.dayFormat(`d${withYear}`, 'UTC', withYear).format(date);
  }

  dateTime(value: string, short = false): string {
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) {
      return value;
    }
    const withYear = !short || date.getFullYear() !== this.now().getFullYear();
    return `${this.dayFormat(`t${withYear}`, this.timeZone, withYear).format(date)} ${this.time(date)}`;
  }

  /** `2026-11` in words. */
  month(value: string): string {
    const date = new Date(`${value}-01T00:00:00Z`);
    return this.dateFormat('month', { timeZone: 'UTC', year: 'numeric', month: 'short' }).format(date);
  }

  weekday(day: string): string {
    return this.dateFormat('weekday', { timeZone: 'UTC', weekday: 'short' }).format(new Date(`${day}T00:00:00Z`));
  }

  time(date: Date): string {
    return this.dateFormat('time', {
      timeZone: this.timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    }).format(date);
  }

  /** `09:30:00` as the clock shows it. */
  timeOfDay(value: string): string {
    return value.endsWith(':00') ? value.slice(0, 5) : value;
  }

  relative(value: string): string {
    const seconds = (this.now().getTime() - new Date(value).getTime()) / 1000;
    if (seconds > 7 * 86_400) {
      return this.date(new Date(value).toISOString(), true);
    }
    const format = new Intl.RelativeTimeFormat(this.lang, { numeric: 'auto', style: 'short' });
    const step = STEPS.find(([, size]) => seconds >= size);
    return step === undefined ? format.format(0, 'second') : format.format(-Math.floor(seconds / step[1]), step[0]);
  }

  /** How large a file is. */
  bytes(size: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
    const step = size < 1 ? 0 : Math.min(Math.floor(Math.log2(size) / 10), units.length - 1);
    const unit = units[step] ?? 'byte';
    const digits = step === 0 ? 0 : 1;
    return this.numberFormat(`bytes${unit}`, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(size / 1024 ** step);
  }

  plain(value: Value): string {
    return value === null ? '' : String(value);
  }

  private dayFormat(key: string, timeZone: string, withYear: boolean): Intl.DateTimeFormat {
    const chinese = this.lang === 'zh-CN';
    return this.dateFormat(key, {
      timeZone,
      day: 'numeric',
      month: chinese ? 'long' : 'short',
      ...(withYear ? { year: 'numeric' } : {}),
    });
  }

  private numberFormat(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return this.cached(key, () => new Intl.NumberFormat(NUMBER_LOCALE[this.lang], options));
  }

  private dateFormat(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.cached(key, () => new Intl.DateTimeFormat(DATE_LOCALE[this.lang], options));
  }

  private cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
    const known = this.formats.get(key);
    if (known !== undefined) {
      return known as T;
    }
    const made = make();
    this.formats.set(key, made);
    return made;
  }
}

/** What stands in an avatar: the first character of a Chinese name, else initials. */
export function initials(name: string): string {
  const first = name.trim()[0] ?? '?';
  if (/\p{Script=Han}/u.test(first)) {
    return first;
  }
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return (first + (last[0] ?? '')).toUpperCase();
}
