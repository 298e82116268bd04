const CLOCK = /^(-?)(\d{1,6}):([0-5]\d)(?::([0-5]\d))?$/;
const WORDS =
  /^(?:(\d{1,6})\s*(?:d|days?|天))?\s*(?:(\d{1,6})\s*(?:h|hours?|hrs?|小时|时))?\s*(?:(\d{1,6})\s*(?:m|min|minutes?|分钟|分))?\s*(?:(\d{1,6})\s*(?:s|sec|seconds?|秒))?$/i;

/** Seconds as `h:mm`, with the seconds where there are any. */
export function durationText(seconds: number): string {
  const whole = Math.abs(seconds);
  const two = (part: number) => String(part).padStart(2, '0');
  const clock = `${seconds < 0 ? '-' : ''}${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}`;
  return whole % 60 === 0 ? clock : `${clock}:${two(whole % 60)}`;
}

/** What people write for a duration: `1:30`, `1h 30m`, `1小时30分`; a number alone means minutes. */
export function durationSeconds(typed: string): number | undefined {
  const text = typed.normalize('NFKC').trim();
  const clock = CLOCK.exec(text);
  if (clock !== null) {
    const seconds = Number(clock[2]) * 3600 + Number(clock[3]) * 60 + Number(clock[4] ?? 0);
    return clock[1] === '-' ? -seconds : seconds;
  }
  if (/^\d{1,8}$/.test(text)) {
    return Number(text) * 60;
  }
  const words = text === '' ? null : WORDS.exec(text);
  if (words === null) {
    return undefined;
  }
  const [days, hours, minutes, seconds] = words.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
