import type { Entity, Model } from '../api/model';
import { toBody } from '../api/records';
import type { Value } from '../api/types';
import { type FieldError, parseField, toText } from '../form/codec';
import { type Definition, type Formulas, type Step, type Trigger, type Values, WEEKDAYS } from './automations';
import { type Draft, newStep, nextKey, type Setting, type StepDraft, TRIGGER, type TriggerDraft } from './draft';

function readTrigger(trigger: Trigger): TriggerDraft {
  switch (trigger.on) {
    case 'updated':
    case 'saved':
      return { ...TRIGGER, on: trigger.on, fields: trigger.fields ?? [] };
    case 'schedule':
      return { ...TRIGGER, on: 'schedule', at: trigger.at, weekdays: trigger.weekdays ?? [] };
    case 'date':
      return {
        ...TRIGGER,
        on: 'date',
        field: trigger.field,
        at: trigger.at,
        days: trigger.days === 0 ? TRIGGER.days : String(Math.abs(trigger.days)),
        side: trigger.days < 0 ? 'before' : trigger.days > 0 ? 'after' : 'on',
      };
    default:
      return { ...TRIGGER, on: trigger.on };
  }
}

function readSettings(
  entity: Entity | undefined,
  zone: string,
  step: { values?: Values; formulas?: Formulas; links?: Readonly<Record<string, string>> },
): Setting[] {
  const shown = (property: string, value: unknown) => {
    const field = entity?.fieldByProperty(property);
    return field === undefined ? String(value ?? '') : toText(field, value, zone);
  };
  return [
    ...Object.entries(step.values ?? {}).map(([property, value]) => ({
      property,
      from: 'value' as const,
      text: shown(property, value),
    })),
    ...Object.entries(step.formulas ?? {}).map(([property, text]) => ({ property, from: 'formula' as const, text })),
    ...Object.entries(step.links ?? {}).map(([property, text]) => ({ property, from: 'record' as const, text })),
  ].map((setting) => ({ ...setting, key: nextKey() }));
}

function readStep(step: Step, on: Entity | undefined, model: Model, zone: string): StepDraft {
  switch (step.do) {
    case 'update':
      return newStep('update', { settings: readSettings(on, zone, step) });
    case 'create':
      return newStep('create', {
        entity: step.entity,
        settings: readSettings(model.entity(step.entity), zone, step),
      });
    case 'assign':
      return newStep('assign', { owners: step.owners });
    case 'notify':
      return newStep('notify', { to: step.to, text: step.text });
    case 'wait':
      return newStep('wait', {
        days: String(step.days ?? 0),
        hours: String(step.hours ?? 0),
        minutes: String(step.minutes ?? 0),
      });
    case 'branch':
      return newStep('branch', {
        condition: step.if,
        held: step.then.map((one) => readStep(one, on, model, zone)),
        otherwise: (step.else ?? []).map((one) => readStep(one, on, model, zone)),
      });
    case 'stop':
      return newStep('stop');
  }
}

export function readDefinition(definition: Definition, model: Model, zone: string): Draft {
  const on = model.entity(definition.entity);
  return {
    name: definition.name,
    entity: definition.entity,
    trigger: readTrigger(definition.trigger),
    condition: definition.condition ?? '',
    steps: definition.steps.map((step) => readStep(step, on, model, zone)),
    active: definition.active,
  };
}

export interface Written {
  definition: Definition;
  /** What is not a value of its field, by where it stands. */
  errors: Readonly<Record<string, FieldError>>;
}

type Report = (path: string, error: FieldError) => void;

function wholeNumber(text: string, path: string, report: Report): number {
  const trimmed = text.trim() === '' ? '0' : text.trim();
  if (!/^\d{1,6}$/.test(trimmed)) {
    report(path, { key: 'form.error.integer' });
    return 0;
  }
  return Number(trimmed);
}

function writeTrigger(draft: TriggerDraft, report: Report): Trigger {
  switch (draft.on) {
    case 'updated':
    case 'saved':
      return draft.fields.length === 0 ? { on: draft.on } : { on: draft.on, fields: draft.fields };
    case 'schedule': {
      const weekdays = WEEKDAYS.filter((day) => draft.weekdays.includes(day));
      const some = weekdays.length > 0 && weekdays.length < WEEKDAYS.length;
      return { on: 'schedule', at: draft.at, ...(some && { weekdays }) };
    }
    case 'date': {
      const days = draft.side === 'on' ? 0 : wholeNumber(draft.days, 'trigger.days', report);
      // Before the day is negative, and there is no negative nothing in JSON.
      return { on: 'date', field: draft.field, days: draft.side === 'before' ? 0 - days : days, at: draft.at };
    }
    default:
      return { on: draft.on };
  }
}

interface WrittenSettings {
  values?: Record<string, unknown>;
  formulas?: Record<string, string>;
  links?: Record<string, string>;
}

function writeSettings(
  settings: readonly Setting[],
  entity: Entity | undefined,
  zone: string,
  path: string,
  report: Report,
): WrittenSettings {
  const values: Record<string, Value> = {};
  const formulas: Record<string, string> = {};
  const links: Record<string, string> = {};
  for (const { property, from, text } of settings) {
    if (from === 'formula') {
      formulas[property] = text.trim();
    } else if (from === 'record') {
      links[property] = text;
    } else {
      const field = entity?.fieldByProperty(property);
      const parsed = field === undefined ? { value: text } : parseField(field, text, zone);
      if ('error' in parsed) {
        report(`${path}.values.${property}`, parsed.error);
      } else {
        values[property] = parsed.value;
      }
    }
  }
  const some = (written: object) => Object.keys(written).length > 0;
  return {
    ...(some(values) && { values: entity === undefined ? values : toBody(entity, values) }),
    ...(some(formulas) && { formulas }),
    ...(some(links) && { links }),
  };
}

function writeStep(step: StepDraft, draft: Draft, model: Model, zone: string, path: string, report: Report): Step {
  switch (step.do) {
    case 'update':
      return { do: 'update', ...writeSettings(step.settings, model.entity(draft.entity), zone, path, report) };
    case 'create': {
      const settings = writeSettings(step.settings, model.entity(step.entity), zone, path, report);
      return { do: 'create', entity: step.entity, ...settings };
    }
    case 'assign':
      return { do: 'assign', owners: step.owners };
    case 'notify':
      return { do: 'notify', to: step.to, text: step.text.trim() };
    case 'wait':
      return {
        do: 'wait',
        days: wholeNumber(step.days, `${path}.days`, report),
        hours: wholeNumber(step.hours, `${path}.hours`, report),
        minutes: wholeNumber(step.minutes, `${path}.minutes`, report),
      };
    case 'branch': {
      const steps = (list: readonly StepDraft[], name: string) =>
        list.map((one, index) => writeStep(one, draft, model, zone, `${path}.${name}[${index}]`, report));
      const otherwise = steps(step.otherwise, 'else');
      return {
        do: 'branch',
        if: step.condition.trim(),
        // biome-ignore lint/suspicious/noThenProperty: the word that the API has for it
        then: steps(step.held, 'then'),
        ...(otherwise.length > 0 && { else: otherwise }),
      };
    }
    case 'stop':
      return { do: 'stop' };
  }
}

export function writeDefinition(draft: Draft, model: Model, zone: string): Written {
  const errors: Record<string, FieldError> = {};
  const report: Report = (path, error) => {
    errors[path] = error;
  };
  const condition = draft.condition.trim();
  const definition: Definition = {
    name: draft.name.trim(),
    entity: draft.entity,
    trigger: writeTrigger(draft.trigger, report),
    condition: condition === '' ? null : condition,
    steps: draft.steps.map((step, index) => writeStep(step, draft, model, zone, `steps[${index}]`, report)),
    active: draft.active,
  };
  return { definition, errors };
}
