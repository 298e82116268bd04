import { call } from '../api/client';

/** What has an automation run. */
export type Trigger =
  | { on: 'created' | 'manual' }
  | { on: 'updated' | 'saved'; fields?: readonly string[] }
  | { on: 'schedule'; at: string; weekdays?: readonly Weekday[] }
  | { on: 'date'; field: string; days: number; at: string };

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const TRIGGERS = ['created', 'updated', 'saved', 'date', 'schedule', 'manual'] as const;
export const STEPS = ['update', 'create', 'assign', 'notify', 'wait', 'branch', 'stop'] as const;
export type StepKind = (typeof STEPS)[number];

export type Values = Readonly<Record<string, unknown>>;
export type Formulas = Readonly<Record<string, string>>;

export type Step =
  | { do: 'update'; values?: Values; formulas?: Formulas }
  | { do: 'create'; entity: string; values?: Values; formulas?: Formulas; links?: Readonly<Record<string, string>> }
  | { do: 'assign'; owners: readonly string[] }
  | { do: 'notify'; to: readonly string[]; text: string }
  | { do: 'wait'; days?: number; hours?: number; minutes?: number }
  | { do: 'branch'; if: string; then: readonly Step[]; else?: readonly Step[] }
  | { do: 'stop' };

/** What an automation says. */
export interface Definition {
  name: string;
  entity: string;
  trigger: Trigger;
  condition?: string | null;
  steps: readonly Step[];
  active: boolean;
}

export interface Automation extends Definition {
  id: string;
  version: number;
  pausedBecause?: 'owner' | 'outdated' | null;
  owner: string;
  nextAt?: string | null;
  counts: { waiting: number; done: number; failed: number };
  /** What all its runs took together. */
  millis: number;
  createdAt: string;
  updatedAt: string;
}

/** What an automation would do with the newest records. */
export interface Trial {
  tried: number;
  matching: number;
  tooCostly: number;
  /** Whether there was time for all. */
  complete: boolean;
  samples: readonly {
    id: string;
    read: Values;
    effects: readonly Effect[];
  }[];
}

/** What one step would do. */
export interface Effect {
  step: string;
  does: string;
  entity?: string | null;
  values?: Values | null;
}

export interface Version {
  version: number;
  madeBy: string;
  madeAt: string;
  definition: Definition;
}

export const RUN_STATES = ['waiting', 'done', 'failed', 'stopped'] as const;

/** What became of one step; the detail is the record that was made, the new owner, or how many were told. */
export interface LogEntry {
  at: string;
  step: string;
  outcome: string;
  detail?: string | null;
}

export interface Run {
  id: string;
  version: number;
  record: string;
  state: (typeof RUN_STATES)[number];
  nextAt?: string | null;
  reason?: string | null;
  log: readonly LogEntry[];
  createdAt: string;
  endedAt?: string | null;
}

const AUTOMATIONS = '/api/v1/automations';

export const automationsKey = ['automations'] as const;

export async function listAutomations(signal?: AbortSignal): Promise<Automation[]> {
  return (await call<{ value: Automation[] }>(AUTOMATIONS, { signal })).value;
}

export const getAutomation = (id: string, signal?: AbortSignal) => call<Automation>(`${AUTOMATIONS}/${id}`, { signal });

export const createAutomation = (definition: Definition) =>
  call<Automation>(AUTOMATIONS, { method: 'POST', body: definition });

export const replaceAutomation = (id: string, definition: Definition) =>
  call<Automation>(`${AUTOMATIONS}/${id}`, { method: 'PUT', body: definition });

export const removeAutomation = (id: string) => call<void>(`${AUTOMATIONS}/${id}`, { method: 'DELETE' });

export const tryAutomation = (definition: Definition) =>
  call<Trial>(`${AUTOMATIONS}/trial`, { method: 'POST', body: definition });

export async function listVersions(id: string, signal?: AbortSignal): Promise<Version[]> {
  return (await call<{ value: Version[] }>(`${AUTOMATIONS}/${id}/versions`, { signal })).value;
}

export const listRuns = (id: string, state: string, after: string, signal?: AbortSignal) => {
  const query = new URLSearchParams([
    ...(state === '' ? [] : [['state', state]]),
    ...(after === '' ? [] : [['after', after]]),
  ]);
  return call<{ value: Run[]; next?: string | null }>(`${AUTOMATIONS}/${id}/runs?${query}`, { signal });
};

export const startRuns = (id: string, records: readonly string[]) =>
  call<{ started: number }>(`${AUTOMATIONS}/${id}/runs`, { method: 'POST', body: { records } });

export const retryRun = (id: string, run: string) =>
  call<{ changed: number }>(`${AUTOMATIONS}/${id}/runs/${run}/retry`, { method: 'POST' });

export const skipRun = (id: string, run: string) =>
  call<{ changed: number }>(`${AUTOMATIONS}/${id}/runs/${run}/skip`, { method: 'POST' });

export const retryFailed = (id: string) => call<{ changed: number }>(`${AUTOMATIONS}/${id}/retry`, { method: 'POST' });

/** Those that people start themselves, on records of the entity. */
export async function listManual(entity: string, signal?: AbortSignal): Promise<{ id: string; name: string }[]> {
  const path = `${AUTOMATIONS}/manual?entity=${encodeURIComponent(entity)}`;
  return (await call<{ value: { id: string; name: string }[] }>(path, { signal })).value;
}

/** The step that stands at a path such as `steps[1].then[0]`. */
export function stepAt(definition: Definition, path: string): Step | undefined {
  let lists: Readonly<Record<string, readonly Step[] | undefined>> = { steps: definition.steps };
  let found: Step | undefined;
  for (const [, list = '', index] of path.matchAll(/(\w+)\[(\d+)\]/g)) {
    found = lists[list]?.[Number(index)];
    // biome-ignore lint/suspicious/noThenProperty: the word that the API has for it
    lists = found?.do === 'branch' ? { then: found.then, else: found.else } : {};
  }
  return found;
}

/** What an automation says, without what the platform says of it. */
export const definitionOf = ({ name, entity, trigger, condition, steps, active }: Definition): Definition => ({
  name,
  entity,
  trigger,
  condition: condition ?? null,
  steps,
  active,
});
