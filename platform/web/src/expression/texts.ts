import { Decimal } from './decimal';
import type { Step } from './tree';

const BLANKS = ' \t\n\r\f\u000b\u00a0\u3000';
const FARTHEST = 1_000_000;
const IOTA: ReadonlyMap<number, number> = new Map([
  [0x1fb3, 0x1fbc],
  [0x1fc3, 0x1fcc],
  [0x1ff3, 0x1ffc],
]);

/** One letter for one letter: what would become two stays as it is. */
export function upper(text: string): string {
  return mapped(text, (letter, point) => {
    const group = point & 0xfff8;
    if (group === 0x1f80 || group === 0x1f90 || group === 0x1fa0) {
      return String.fromCodePoint(point + 8);
    }
    const iota = IOTA.get(point);
    return iota === undefined ? letter.toUpperCase() : String.fromCodePoint(iota);
  });
}

export function lower(text: string): string {
  return mapped(text, (letter, point) => (point === 0x130 ? 'i' : letter.toLowerCase()));
}

function mapped(text: string, map: (letter: string, point: number) => string): string {
  return [...text]
    .map((letter) => {
      const other = map(letter, letter.codePointAt(0) ?? 0);
      return [...other].length === 1 ? other : letter;
    })
    .join('');
}

export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANKS.includes(text.charAt(start))) {
    start++;
  }
  while (end > start && BLANKS.includes(text.charAt(end - 1))) {
    end--;
  }
  return text.slice(start, end);
}

/** From a position to before another, in characters (code points). */
export function substring(text: string, from: Decimal, to: Decimal): string {
  const start = Math.max(0, from.clamped(FARTHEST));
  return [...text].slice(start, Math.max(start, to.clamped(FARTHEST))).join('');
}

export function last(text: string, count: Decimal): string {
  const characters = [...text];
  const most = Math.max(0, count.clamped(FARTHEST));
  return characters.slice(Math.max(0, characters.length - most)).join('');
}

export function numberOf(text: string): Decimal | null {
  const trimmed = trim(text);
  return /^-?[0-9]{1,18}(\.[0-9]{1,10})?$/.test(trimmed) ? (Decimal.of(trimmed) ?? null) : null;
}

/** By characters, not by their halves. */
export function compareTexts(one: string, other: string): number {
  const left = [...one];
  const right = [...other];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) {
      return Math.sign(difference);
    }
  }
  return Math.sign(left.length - right.length);
}

export function labelOf(labels: Record<string, string> | undefined, value: string, language: string): string {
  const first = labels === undefined ? undefined : Object.values(labels).sort(compareTexts)[0];
  return labels?.[language] ?? labels?.en ?? first ?? value;
}

/** Whether the whole text fits, found out in one walk over it. */
export function matches(text: string, steps: readonly Step[]): boolean {
  let now = reached(steps, [0]);
  for (const letter of text) {
    const point = letter.codePointAt(0) ?? 0;
    now = reached(
      steps,
      [...now].filter((at) => takes(steps[at], point)).map((at) => at + 1),
    );
  }
  return now.has(steps.length - 1);
}

function takes(step: Step | undefined, point: number): boolean {
  if (step === undefined) {
    return false;
  }
  if (isRanges(step)) {
    return within(step, point);
  }
  return step.not !== undefined && !within(step.not, point);
}

function isRanges(step: Step): step is readonly number[] {
  return Array.isArray(step);
}

function within(ranges: readonly number[], point: number): boolean {
  for (let i = 0; i < ranges.length; i += 2) {
    if (point >= (ranges[i] ?? 0) && point <= (ranges[i + 1] ?? 0)) {
      return true;
    }
  }
  return false;
}

/** What can be reached without a character. */
function reached(steps: readonly Step[], starts: readonly number[]): Set<number> {
  const marked = new Set<number>();
  const waiting = [...starts];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const step = steps[at];
    if (!marked.has(at)) {
      marked.add(at);
      waiting.push(...(step === undefined || isRanges(step) ? [] : (step.or ?? [])));
    }
  }
  return marked;
}
