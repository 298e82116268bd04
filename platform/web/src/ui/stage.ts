import type { FieldMeta, PicklistOption } from '../api/types';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

const TONES: Record<string, Tone> = {
  green: 'good',
  good: 'good',
  teal: 'good',
  red: 'bad',
  bad: 'bad',
  orange: 'warn',
  yellow: 'warn',
  amber: 'warn',
  warn: 'warn',
  blue: 'accent',
  indigo: 'accent',
  accent: 'accent',
};

export function toneOf(option: PicklistOption | undefined): Tone {
  return TONES[option?.color ?? ''] ?? 'neutral';
}

export function optionOf(field: FieldMeta, value: unknown): PicklistOption | undefined {
  return field.options?.find((option) => option.value === value);
}

/** Options that go with the value of the field they depend on; without that value, those that need none. */
export function optionsBeside(field: FieldMeta, beside: ((name: string) => unknown) | undefined): PicklistOption[] {
  const above = field.dependsOn === undefined ? undefined : beside?.(field.dependsOn);
  return activeOptions(field).filter(
    (option) =>
      option.under === undefined || beside === undefined || (typeof above === 'string' && option.under.includes(above)),
  );
}

/** Options a person may choose, in their order. */
export function activeOptions(field: FieldMeta): PicklistOption[] {
  return (field.options ?? [])
    .filter((option) => option.active !== false)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

export interface StagePlace {
  /** How far along, 0 to 1. */
  fraction: number;
  kind: 'open' | 'won' | 'lost';
}

/** Won is the first green option; whatever stands after it in the order ended without success. */
export function stagePlace(field: FieldMeta, value: unknown): StagePlace {
  const options = activeOptions(field);
  const index = options.findIndex((option) => option.value === value);
  const won = options.findIndex((option) => toneOf(option) === 'good');
  const last = won === -1 ? options.length : won;
  if (index === won && won !== -1) {
    return { fraction: 1, kind: 'won' };
  }
  return index > last ? { fraction: 1, kind: 'lost' } : { fraction: (index + 1) / (last + 1), kind: 'open' };
}

/** One accent ramp for open stages, by how far along they are. */
export function rampStep(place: StagePlace): 1 | 2 | 3 | 4 {
  return Math.min(4, Math.max(1, Math.ceil(place.fraction * 4))) as 1 | 2 | 3 | 4;
}
