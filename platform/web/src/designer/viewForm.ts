import type { Entity } from '../api/model';
import { isLong } from '../api/odata';
import type { FieldMeta, ViewMeta } from '../api/types';
import { labelOf } from './fieldForm';

export interface SortDraft {
  field: string;
  desc: boolean;
}

/** A view as it is written in the designer. */
export interface ViewDraft {
  key: string;
  en: string;
  zh: string;
  kind: NonNullable<ViewMeta['kind']>;
  columns: readonly string[];
  sort: readonly SortDraft[];
  groupBy: string;
  sum: string;
  filter: string;
}

export function viewDraft(view: ViewMeta): ViewDraft {
  return {
    key: view.key,
    en: view.label.en ?? '',
    zh: view.label['zh-CN'] ?? '',
    kind: view.kind ?? 'list',
    columns: view.columns,
    sort: (view.sort ?? []).map(({ field, desc }) => ({ field, desc: desc ?? false })),
    groupBy: view.groupBy ?? '',
    sum: view.sum ?? '',
    filter: view.filter ?? '',
  };
}

/** A view that shows the name first, under a key that no other has. */
export function newView(entity: Entity): ViewDraft {
  const taken = new Set(entity.views.map((view) => view.key));
  let number = entity.views.length + 1;
  while (taken.has(`view${number}`)) {
    number += 1;
  }
  const columns = [entity.nameField.name];
  return { key: `view${number}`, en: '', zh: '', kind: 'list', columns, sort: [], groupBy: '', sum: '', filter: '' };
}

/** What a column can be made of. */
export function columnFields(entity: Entity): FieldMeta[] {
  return [...entity.fields, ...entity.systemFields()].filter((field) => !isLong(field.type));
}

export const isDay = (field: FieldMeta) => field.type === 'date' || field.type === 'datetime';

/** By what a kind of view lays its records out. */
export function groupFields(entity: Entity, kind: ViewDraft['kind']): FieldMeta[] {
  if (kind === 'board') {
    return entity.fields.filter((field) => field.type === 'picklist');
  }
  if (kind === 'calendar') {
    return [...entity.fields, ...entity.systemFields()].filter(isDay);
  }
  return kind === 'chart' ? entity.fields.filter((field) => field.type !== 'geo' && !isLong(field.type)) : [];
}

export function viewValue(draft: ViewDraft): Record<string, unknown> {
  return {
    label: labelOf(draft.en, draft.zh) ?? { en: draft.key },
    kind: draft.kind,
    columns: draft.columns,
    sort: draft.sort,
    ...(draft.kind !== 'list' && draft.groupBy !== '' && { groupBy: draft.groupBy }),
    ...(draft.sum !== '' && { sum: draft.sum }),
    ...(draft.filter !== '' && { filter: draft.filter }),
  };
}
