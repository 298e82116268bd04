import type { Entity, Model } from '../api/model';
import type { FieldMeta } from '../api/types';
import type { StepKind, Trigger, Weekday } from './automations';

/** Where a field's new value comes from: written here, computed, or the record that the automation runs on. */
export type Source = 'value' | 'formula' | 'record';

export interface Setting {
  key: number;
  property: string;
  from: Source;
  /** What stands in the input; of `record`, `id` or one of its lookups. */
  text: string;
}

export interface TriggerDraft {
  on: Trigger['on'];
  fields: readonly string[];
  weekdays: readonly Weekday[];
  field: string;
  days: string;
  side: 'before' | 'on' | 'after';
  at: string;
}

/** A step with all that a step of any kind says, so that changing its kind loses nothing. */
export interface StepDraft {
  key: number;
  do: StepKind;
  settings: readonly Setting[];
  entity: string;
  owners: readonly string[];
  to: readonly string[];
  text: string;
  days: string;
  hours: string;
  minutes: string;
  condition: string;
  /** What is done if the condition holds. */
  held: readonly StepDraft[];
  otherwise: readonly StepDraft[];
}

export interface Draft {
  name: string;
  entity: string;
  trigger: TriggerDraft;
  condition: string;
  steps: readonly StepDraft[];
  active: boolean;
}

export const MOST_STEPS = 30;
export const DEEPEST = 3;

let lastKey = 0;

export function nextKey(): number {
  lastKey += 1;
  return lastKey;
}

export const TRIGGER: TriggerDraft = {
  on: 'updated',
  fields: [],
  weekdays: [],
  field: '',
  days: '7',
  side: 'before',
  at: '09:00',
};

const STEP: Omit<StepDraft, 'key'> = {
  do: 'update',
  settings: [],
  entity: '',
  owners: [],
  to: ['owner'],
  text: '',
  days: '1',
  hours: '0',
  minutes: '0',
  condition: '',
  held: [],
  otherwise: [],
};

export function newStep(kind: StepKind, more: Partial<StepDraft> = {}): StepDraft {
  return { ...STEP, ...more, do: kind, key: nextKey() };
}

export function newSetting(field: FieldMeta, from: Source = 'value', text = startOf(field)): Setting {
  return { key: nextKey(), property: field.property, from, text };
}

/** A tick is there or not there: nothing is what no input shows. */
function startOf(field: FieldMeta): string {
  return field.type === 'boolean' ? 'true' : '';
}

export function newDraft(entity: string): Draft {
  return { name: '', entity, trigger: TRIGGER, condition: '', steps: [], active: true };
}

const NEVER_SET: readonly string[] = ['file', 'image', 'encryptedText', 'autoNumber'];

/** The fields of an entity that a step can set. */
export function settable(entity: Entity): FieldMeta[] {
  return entity.fields.filter((field) => field.readOnly !== true && !NEVER_SET.includes(field.type));
}

/** The record itself and what its lookups point to, where a new record's lookup can point there too. */
export function linksFor(model: Model, lookup: FieldMeta, from: Entity): string[] {
  const targets = model.targets(lookup);
  const through = from.fields.filter(
    (field) => field.type === 'lookup' && model.targets(field).every((one) => targets.includes(one)),
  );
  return [...(targets.includes(from) ? ['id'] : []), ...through.map((field) => field.property)];
}

/** Another entity has other fields: what names those of the one before goes. */
export function onEntity(draft: Draft, entity: Entity): Draft {
  const known = (property: string) => entity.fieldByProperty(property) !== undefined;
  const fitting = (steps: readonly StepDraft[]): StepDraft[] =>
    steps.map((step) => ({
      ...step,
      settings: step.do === 'update' ? step.settings.filter((one) => known(one.property)) : step.settings,
      held: fitting(step.held),
      otherwise: fitting(step.otherwise),
    }));
  const trigger = { ...draft.trigger, fields: draft.trigger.fields.filter(known), field: '' };
  return { ...draft, entity: entity.name, trigger, steps: fitting(draft.steps) };
}

export function stepCount(steps: readonly StepDraft[]): number {
  return steps.reduce((sum, step) => sum + 1 + stepCount(inside(step)), 0);
}

function inside(step: StepDraft): readonly StepDraft[] {
  return step.do === 'branch' ? [...step.held, ...step.otherwise] : [];
}

/** `steps[1].then[0]` as people count: `2a1`. */
export function stepNumber(path: string): string {
  return [...path.matchAll(/(steps|then|else)\[(\d+)\]/g)]
    .map(([, list, index]) => `${list === 'then' ? 'a' : list === 'else' ? 'b' : ''}${Number(index) + 1}`)
    .join('');
}

/** A draft as it waits in the browser. */
export function draftText(draft: Draft): string {
  return JSON.stringify(draft, (name, value: unknown) => (name === 'key' ? undefined : value));
}

/** Undefined for what is no draft of this form. */
export function draftFrom(text: string | undefined): Draft | undefined {
  if (text === undefined) {
    return undefined;
  }
  const keyed = (steps: readonly StepDraft[]): StepDraft[] =>
    steps.map((step) => ({
      ...step,
      key: nextKey(),
      settings: step.settings.map((setting) => ({ ...setting, key: nextKey() })),
      held: keyed(step.held),
      otherwise: keyed(step.otherwise),
    }));
  try {
    const draft = JSON.parse(text) as Draft;
    return { ...draft, steps: keyed(draft.steps) };
  } catch {
    return undefined;
  }
}
