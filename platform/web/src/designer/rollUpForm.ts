import type { Entity, Model } from '../api/model';
import { isLong } from '../api/odata';
import type { FieldMeta, FieldType, RollUpMeta } from '../api/types';

/** By what way records belong to another: they point to it, stand under it, or are tied to it. */
export interface RollUpWay {
  of: string;
  by: string;
  through: string;
  tree: boolean;
}

export const wayOf = ({ of, by, through, tree }: RollUpWay) => (of === '' ? '' : [of, by, through, tree].join(' '));

/** From the far sides of the links that tie others to the entity. */
function overLinks(model: Model, entity: Entity): RollUpWay[] {
  return model.entities.flatMap((link) => {
    const ends = link.meta.link ?? [];
    return ends.flatMap((end, place) => {
      const far = ends[1 - place];
      const target = far === undefined ? undefined : link.field(far.lookup)?.target;
      return link.field(end.lookup)?.target === entity.name && target !== undefined
        ? [{ of: target, by: end.lookup, through: link.name, tree: false }]
        : [];
    });
  });
}

export function rollUpWays(model: Model, entity: Entity): RollUpWay[] {
  const pointing = model.related(entity).flatMap(({ entity: other, field }) => {
    const way = { of: other.name, by: field.name, through: '', tree: false };
    return other === entity && field.hierarchical ? [way, { ...way, tree: true }] : [way];
  });
  return [...pointing, ...overLinks(model, entity)];
}

const ADDED: readonly FieldType[] = ['integer', 'decimal', 'money', 'percent', 'duration', 'rating'];
const COMPARED: readonly FieldType[] = [...ADDED, 'date', 'datetime'];
const NEVER: readonly FieldType[] = [
  'lookup',
  'file',
  'image',
  'address',
  'geo',
  'multiPicklist',
  'tags',
  'encryptedText',
];

/** What can be added up, compared or taken. */
export function rollUpFields(source: Entity, wanted: RollUpMeta['function']): FieldMeta[] {
  return source.fields.filter(({ type, formula }) => {
    if (formula !== undefined && !formula.stored) {
      return false;
    }
    if (wanted === 'sum' || wanted === 'avg') {
      return ADDED.includes(type);
    }
    return wanted === 'min' || wanted === 'max' ? COMPARED.includes(type) : !isLong(type) && !NEVER.includes(type);
  });
}
