import { useMemo } from 'react';
import type { Entity, Model } from '../../api/model';
import { useLabel, useModel } from '../../api/session';
import type { FieldMeta, Label } from '../../api/types';
import { type Condition, MOST_HOPS, operatorsFor, placeKey } from './conditions';

/** A field that a condition can ask, with the lookups that lead to it. */
export interface Choice {
  key: string;
  text: string;
  group: string;
  field: FieldMeta;
  via: readonly FieldMeta[];
}

/** Far fields of a model with many lookups are too many to look through; the near ones come first. */
const MOST = 4_000;

type Say = (label: Label | undefined, fallback?: string) => string;

function filterable(field: FieldMeta): boolean {
  return field.filterable !== false;
}

/** Own fields first, then, one lookup further each time, the fields of what the lookups point to. */
export function choicesOf(model: Model, entity: Entity, say: Say): Choice[] {
  const choices: Choice[] = [];
  let level: { at: Entity; via: readonly FieldMeta[] }[] = [{ at: entity, via: [] }];
  for (let hops = 0; hops <= MOST_HOPS && choices.length < MOST; hops++) {
    for (const { at, via } of level) {
      const way = via.map((lookup) => say(lookup.label, lookup.name));
      const group = way.length === 0 ? say(entity.meta.label, entity.name) : way.join(' › ');
      const fields = via.length === 0 ? [...at.fields, ...at.systemFields()] : at.fields;
      for (const field of fields.filter(filterable)) {
        const text = [...way, say(field.label, field.name)].join(' › ');
        choices.push({ key: placeKey({ via, field }), text, group, field, via });
      }
    }
    level = level.flatMap(({ at, via }) =>
      at.fields.flatMap((lookup) => {
        const next = lookup.type === 'lookup' && lookup.navigation !== undefined ? model.target(lookup) : undefined;
        return next === undefined ? [] : [{ at: next, via: [...via, lookup] }];
      }),
    );
  }
  return choices.slice(0, MOST);
}

export function useChoices(entity: Entity): Choice[] {
  const model = useModel();
  const label = useLabel();
  return useMemo(() => choicesOf(model, entity, label), [model, entity, label]);
}

export function startWith(choice: Choice): Condition {
  const { field, via } = choice;
  const [operator = 'eq'] = operatorsFor(field.type);
  const values = field.type === 'boolean' ? ['true'] : operator === 'during' ? ['ThisMonth'] : [];
  return { field, via, operator, values };
}
