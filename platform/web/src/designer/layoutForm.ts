import type { Label } from '../api/types';
import { labelOf } from './fieldForm';

export interface SectionDraft {
  key: number;
  en: string;
  zh: string;
  fields: readonly string[];
}

export type LayoutDraft = readonly SectionDraft[];

/** Where a field stands: in a section, or in none (`section` is -1). */
export interface Spot {
  section: number;
  place: number;
}

export const NOWHERE = -1;

export function layoutDraft(sections: readonly { label: Label; fields: readonly string[] }[]): LayoutDraft {
  return sections.map((section, key) => ({
    key,
    en: section.label.en ?? '',
    zh: section.label['zh-CN'] ?? '',
    fields: section.fields,
  }));
}

export function unplaced(layout: LayoutDraft, names: readonly string[]): string[] {
  const placed = new Set(layout.flatMap((section) => section.fields));
  return names.filter((name) => !placed.has(name));
}

/** The field moved before what stands at the spot. */
export function moved(layout: LayoutDraft, name: string, to: Spot): LayoutDraft {
  return layout.map((section, at) => {
    const without = section.fields.filter((field) => field !== name);
    if (at !== to.section) {
      return without.length === section.fields.length ? section : { ...section, fields: without };
    }
    const before = section.fields.indexOf(name);
    // In its own section, what stood behind it has moved up by one.
    const place = before !== -1 && before < to.place ? to.place - 1 : to.place;
    return { ...section, fields: [...without.slice(0, place), name, ...without.slice(place)] };
  });
}

function spotOf(layout: LayoutDraft, name: string): Spot | undefined {
  const section = layout.findIndex((one) => one.fields.includes(name));
  return section === -1 ? undefined : { section, place: layout[section]?.fields.indexOf(name) ?? 0 };
}

/** The field one place up or down; over the edge of a section into the next one. */
export function stepped(layout: LayoutDraft, name: string, by: 1 | -1): LayoutDraft {
  const spot = spotOf(layout, name);
  if (spot === undefined) {
    return layout.length === 0 ? layout : moved(layout, name, { section: layout.length - 1, place: Infinity });
  }
  const size = layout[spot.section]?.fields.length ?? 0;
  const inside = spot.place + by;
  if (inside >= 0 && inside < size) {
    return moved(layout, name, { section: spot.section, place: by === 1 ? inside + 1 : inside });
  }
  const next = spot.section + by;
  if (next < 0 || next >= layout.length) {
    return layout;
  }
  return moved(layout, name, { section: next, place: by === 1 ? 0 : (layout[next]?.fields.length ?? 0) });
}

/** The field taken out of every section. */
export function taken(layout: LayoutDraft, name: string): LayoutDraft {
  return moved(layout, name, { section: NOWHERE, place: 0 });
}

export function sectionsOf(layout: LayoutDraft): object[] {
  return layout
    .filter((section) => section.fields.length > 0)
    .map((section) => ({ label: labelOf(section.en, section.zh) ?? { en: '-' }, fields: section.fields }));
}
