import type { Entity } from '../api/model';
import type { ApiProblem } from '../api/problem';

export interface SortedViolations {
  /** Messages by API property. */
  byProperty: Record<string, string>;
  /** Messages about no field the form shows. */
  general: string[];
}

/** Puts each violation at its field, whether the server named the field or its property. */
export function sortViolations(entity: Entity, problem: ApiProblem): SortedViolations {
  const byProperty: Record<string, string> = {};
  const general: string[] = [];
  for (const violation of problem.violations) {
    const named = violation.field ?? '';
    const field = entity.fieldByProperty(named) ?? entity.field(named);
    if (field === undefined) {
      general.push(violation.message);
    } else {
      byProperty[field.property] ??= violation.message;
    }
  }
  if (problem.violations.length === 0) {
    general.push(problem.detail ?? problem.title ?? '');
  }
  return { byProperty, general: general.filter((message) => message !== '') };
}
