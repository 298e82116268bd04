/** Stretches of time seen from today, as the API names them. */
export const PERIODS = [
  'Today',
  'Yesterday',
  'Tomorrow',
  'ThisWeek',
  'LastWeek',
  'NextWeek',
  'ThisMonth',
  'LastMonth',
  'NextMonth',
  'ThisQuarter',
  'LastQuarter',
  'NextQuarter',
  'ThisYear',
  'LastYear',
  'NextYear',
  'BeforeToday',
  'AfterToday',
] as const;

/** Stretches of as many units as one says. */
export const COUNTED_PERIODS = [
  'LastDays',
  'NextDays',
  'LastWeeks',
  'NextWeeks',
  'LastMonths',
  'NextMonths',
  'LastQuarters',
  'NextQuarters',
  'LastYears',
  'NextYears',
  'OlderThanDays',
] as const;

export type Period = (typeof PERIODS)[number] | (typeof COUNTED_PERIODS)[number];

const SOME = '7';
const CALL = /^Relata\.(\w+)\(([A-Za-z_][\w/]*)(?:,\s*(\d{1,4}))?\)$/;

function isPeriod(name: string): name is Period {
  return isCounted(name) || (PERIODS as readonly string[]).includes(name);
}

export function isCounted(name: string): boolean {
  return (COUNTED_PERIODS as readonly string[]).includes(name);
}

/** A condition's value: `ThisQuarter`, `LastDays:7`. */
export function periodValue(name: string, number: string | undefined): string {
  return isCounted(name) ? `${name}:${number === undefined || number === '' ? SOME : number}` : name;
}

export function periodOf(value: string): { name: Period; number: string | undefined } | undefined {
  const [name = '', number] = value.split(':');
  return isPeriod(name) ? { name, number } : undefined;
}

export function writePeriod(path: string, value: string): string {
  const [name, number] = value.split(':');
  return `Relata.${name}(${path}${number === undefined ? '' : `,${number}`})`;
}

export function readPeriod(text: string): { path: string; value: string } | undefined {
  const [, name = '', path = '', number] = CALL.exec(text) ?? [];
  const whole = isPeriod(name) && isCounted(name) === (number !== undefined);
  return whole ? { path, value: periodValue(name, number) } : undefined;
}
