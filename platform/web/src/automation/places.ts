import type { Violation } from '../api/types';
import type { StepKind, Trigger } from './automations';
import type { Draft, StepDraft } from './draft';

function stepPlaces(step: StepDraft, path: string): string[] {
  const own: Record<StepKind, readonly string[]> = {
    update: [],
    create: ['entity'],
    assign: ['owners'],
    notify: ['to', 'text'],
    wait: ['days', 'hours', 'minutes'],
    branch: ['if'],
    stop: [],
  };
  const sets = step.do === 'update' || step.do === 'create';
  const settings = sets
    ? step.settings.flatMap(({ property }) => ['values', 'formulas', 'links'].map((kind) => `${kind}.${property}`))
    : [];
  const lists =
    step.do === 'branch' ? [...placesOf(step.held, `${path}.then`), ...placesOf(step.otherwise, `${path}.else`)] : [];
  return [path, ...[...own[step.do], ...settings].map((name) => `${path}.${name}`), ...lists];
}

function placesOf(steps: readonly StepDraft[], list: string): string[] {
  return [list, ...steps.flatMap((step, index) => stepPlaces(step, `${list}[${index}]`))];
}

const TRIGGER_PLACES: Record<Trigger['on'], readonly string[]> = {
  created: [],
  saved: ['trigger.fields'],
  manual: [],
  updated: ['trigger.fields'],
  schedule: ['trigger.at', 'trigger.weekdays'],
  date: ['trigger.field', 'trigger.days', 'trigger.at'],
};

export type Errors = Readonly<Record<string, string>>;

/** Each message where the form shows it: at its own place, else at the nearest one that it is within. */
export function placed(violations: readonly Violation[], draft: Draft): { at: Errors; elsewhere: readonly string[] } {
  const places = new Set([
    'name',
    'entity',
    'trigger',
    ...TRIGGER_PLACES[draft.trigger.on],
    'condition',
    ...placesOf(draft.steps, 'steps'),
  ]);
  const at: Record<string, string> = {};
  const elsewhere: string[] = [];
  for (const { field = '', message } of violations) {
    const place = around(field).find((path) => places.has(path));
    if (place === undefined) {
      elsewhere.push(message);
    } else {
      at[place] = at[place] === undefined ? message : `${at[place]} ${message}`;
    }
  }
  return { at, elsewhere };
}

/** The path, and what it is within, outwards. */
function around(path: string): string[] {
  const outer = path.replace(/(\.[^.[\]]+|\[\d+\])$/, '');
  return outer === path ? [path] : [path, ...around(outer)];
}
