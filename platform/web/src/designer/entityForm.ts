import type { Entity, Model } from '../api/model';
import type { EntityDraft } from './EntitySheet';
import { labelOf, suggestedName } from './fieldForm';
import type { ChangeWish } from './plans';

const plain = (name: string) => name.replace(/^c_/, '').replace(/([A-Z])/g, (letter) => `_${letter.toLowerCase()}`);

/** Under which name records of the one entity show those of the other: one that no other link has taken. */
function collection(model: Model, near: Entity, far: Entity): string {
  const taken = new Set(
    model.entities.flatMap((link) =>
      (link.meta.link ?? []).filter((end) => link.field(end.lookup)?.target === near.name).map((end) => end.collection),
    ),
  );
  const name = `c_${plain(far.setName)}`;
  let number = 1;
  while (taken.has(number === 1 ? name : `${name}_${number}`)) {
    number += 1;
  }
  return number === 1 ? name : `${name}_${number}`;
}

function linkOf(model: Model, ends: readonly [string, string]): Record<string, unknown> {
  const [one, other] = ends.map((name) => model.entity(name));
  if (one === undefined || other === undefined) {
    return {};
  }
  const same = one === other;
  const first = same ? `c_${plain(one.name)}_1` : `c_${plain(one.name)}`;
  const second = same ? `c_${plain(other.name)}_2` : `c_${plain(other.name)}`;
  const lookup = (name: string, target: Entity) => ({
    name,
    type: 'lookup',
    target: target.name,
    required: true,
    label: target.meta.label,
  });
  const toSecond = collection(model, one, other);
  const toFirst = collection(model, other, one);
  return {
    link: [
      { lookup: first, collection: toSecond },
      { lookup: second, collection: same ? `${toFirst}_back` : toFirst },
    ],
    fields: [
      lookup(first, one),
      lookup(second, other),
      { name: 'c_note', type: 'text', label: { en: 'Note', 'zh-CN': '备注' } },
    ],
  };
}

/** A new entity: with a name to begin with, or tying two others together. */
export function entityAddition(draft: EntityDraft, model: Model): ChangeWish {
  const component = draft.name === '' ? suggestedName(draft.en) : draft.name;
  const named = {
    label: labelOf(draft.en, draft.zh),
    pluralLabel: labelOf(draft.pluralEn, draft.pluralZh) ?? labelOf(draft.en, draft.zh),
  };
  const name = {
    name: 'c_name',
    type: 'text',
    label: { en: 'Name', 'zh-CN': '名称' },
    required: true,
    searchable: true,
  };
  const parts = draft.ends === undefined ? { fields: [name] } : linkOf(model, draft.ends);
  return { op: 'add', component, value: { ...named, ...parts } };
}
