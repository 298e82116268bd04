/** Days as `2026-11-30` and months as `2026-11`; reckoned without any time zone. */

const DAY_MS = 86_400_000;

function utc(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function isMonth(text: string | null): text is string {
  return text !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export function nextDay(day: string): string {
  return dayOf(utc(day) + DAY_MS);
}

export function addMonths(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The weeks that have a day in the month, each from Monday to Sunday. */
export function weeksOf(month: string): string[][] {
  const first = utc(`${month}-01`);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS;
  const after = utc(`${addMonths(month, 1)}-01`);
  const weeks: string[][] = [];
  for (let start = monday; start < after; start += 7 * DAY_MS) {
    weeks.push(Array.from({ length: 7 }, (_, index) => dayOf(start + index * DAY_MS)));
  }
  return weeks;
}
