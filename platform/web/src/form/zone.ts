/** Conversion between a point in time and what a wall clock shows in the tenant's zone. */

function wallClock(instant: Date, zone: string): Record<string, string> {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

export function localDate(instant: string, zone: string): string {
  const clock = wallClock(new Date(instant), zone);
  return `${clock.year}-${clock.month}-${clock.day}`;
}

export function localTime(instant: string, zone: string): string {
  const clock = wallClock(new Date(instant), zone);
  return `${clock.hour}:${clock.minute}`;
}

function offsetAt(instant: number, zone: string): number {
  const clock = wallClock(new Date(instant), zone);
  const shown = Date.UTC(
    Number(clock.year),
    Number(clock.month) - 1,
    Number(clock.day),
    Number(clock.hour),
    Number(clock.minute),
    Number(clock.second),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}

/** The instant at which that zone's clock shows this day and time; in a gap, the clock already put forward. */
export function instantOf(date: string, time: string, zone: string): string {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const guess = asUtc - offsetAt(asUtc, zone);
  return new Date(asUtc - offsetAt(guess, zone)).toISOString();
}
