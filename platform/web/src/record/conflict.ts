import type { RecordData, Value } from '../api/types';

export interface Clash {
  property: string;
  mine: Value;
  theirs: Value;
}

function same(a: unknown, b: unknown): boolean {
  return (a ?? null) === (b ?? null) || (a !== null && b !== null && String(a) === String(b));
}

/** Fields that both sides changed, each to something else; all other changes can simply be kept. */
export function clashes(base: RecordData, mine: Record<string, Value>, theirs: RecordData): Clash[] {
  return Object.entries(mine)
    .filter(([property, value]) => !same(base[property], theirs[property]) && !same(value, theirs[property]))
    .map(([property, value]) => ({ property, mine: value, theirs: (theirs[property] ?? null) as Value }));
}

/** My changes without those where their value was chosen. */
export function merged(mine: Record<string, Value>, keepTheirs: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(mine).filter(([property]) => !keepTheirs.has(property)));
}
