import { describe, expect, it } from 'vitest';
import { instantOf, localDate, localTime } from '../src/form/zone';

describe('clock of a zone', () => {
  it.each([
    ['2026-01-15', '09:30', 'Asia/Shanghai', '2026-01-15T01:30:00.000Z'],
    ['2026-07-15', '00:00', 'America/New_York', '2026-07-15T04:00:00.000Z'],
    ['2026-01-15', '00:00', 'America/New_York', '2026-01-15T05:00:00.000Z'],
    ['2026-11-01', '12:00', 'America/New_York', '2026-11-01T17:00:00.000Z'],
  ])('%s %s in %s', (date, time, zone, instant) => {
    expect(instantOf(date, time, zone)).toBe(instant);
    expect(localDate(instant, zone)).toBe(date);
    expect(localTime(instant, zone)).toBe(time);
  });
});
