import type { Entity } from '../api/model';
import type { FieldMeta } from '../api/types';
import { type Environment, holds } from '../expression/evaluate';
import { Moment } from '../expression/time';
import { type Node, pathsOf } from '../expression/tree';

/** What a record's fields hold, by their names; `undefined` where that is not known here. */
export type Known = (name: string) => unknown;

/** Whether the condition holds; `undefined` where it asks for what only the server knows. */
function ask(condition: Node | undefined, known: Known, environment: Environment): boolean | undefined {
  const paths = condition === undefined ? [] : pathsOf(condition);
  if (condition === undefined || paths.some((path) => path.length > 1 || known(path[0] ?? '') === undefined)) {
    return undefined;
  }
  return holds(condition, (path) => known(path[0] ?? ''), environment);
}

/**
 * The field as it is beside what the record holds: required, read-only, with the options that can be chosen; nothing
 * when it is not in use. Where a condition cannot be told here, the field stays open and the server decides.
 */
export function conditioned(field: FieldMeta, known: Known, environment: Environment): FieldMeta | undefined {
  const conditions = field.conditions;
  if (conditions === undefined) {
    return field;
  }
  if (ask(conditions.visibleWhen, known, environment) === false) {
    return undefined;
  }
  const options = field.options?.filter(({ value }) => {
    const chosen = known(field.name) === value;
    return chosen || ask(conditions.options?.[value], known, environment) !== false;
  });
  return {
    ...field,
    required: field.required === true || ask(conditions.requiredWhen, known, environment) === true,
    readOnly: field.readOnly === true || ask(conditions.readOnlyWhen, known, environment) === true,
    ...(options === undefined ? {} : { options }),
  };
}

/** Knows what a record holds as the API brought it. What is computed there is older than what is typed, so not known. */
export function knownOf(entity: Entity, value: (field: FieldMeta) => unknown): Known {
  return (name) => {
    const field = entity.field(name);
    return field === undefined || field.formula !== undefined ? undefined : value(field);
  };
}

export function environmentNow(zone: string, language: string): Environment {
  const now = Moment.parse(new Date().toISOString());
  if (now === undefined) {
    throw new Error('The clock of this browser cannot be read');
  }
  return { now, zone, language };
}
