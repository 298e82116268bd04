import type { FieldMeta, FieldType, Label } from '../api/types';
import type { ChangeWish } from './plans';

/** What the form of a field holds: texts and ticks, as a person fills them in. */
export interface FieldDraft {
  name: string;
  type: FieldType;
  en: string;
  zh: string;
  helpEn: string;
  helpZh: string;
  required: boolean;
  unique: boolean;
  searchable: boolean;
  indexed: boolean;
  maxLength: string;
  scale: string;
  target: string;
  options: OptionDraft[];
}

export interface OptionDraft {
  key: number;
  value: string;
  en: string;
  zh: string;
  color: string;
  active: boolean;
}

const TEXTS: readonly FieldType[] = ['text', 'longText', 'email', 'phone', 'url'];
const CHOSEN: readonly FieldType[] = ['picklist', 'multiPicklist'];
const UNINDEXED: readonly FieldType[] = [
  'longText',
  'richText',
  'multiPicklist',
  'tags',
  'address',
  'file',
  'image',
  'json',
  'encryptedText',
];
const SCALED: readonly FieldType[] = ['decimal', 'money', 'percent'];

export const hasLength = (type: FieldType) => TEXTS.includes(type) || type === 'encryptedText';
export const hasScale = (type: FieldType) => SCALED.includes(type);
export const canBeUnique = (type: FieldType) => (canBeSearched(type) && type !== 'longText') || type === 'integer';
export const canBeSearched = (type: FieldType) => TEXTS.includes(type);
export const canBeIndexed = (type: FieldType) => !UNINDEXED.includes(type);
export const hasOptions = (type: FieldType) => CHOSEN.includes(type);

export function emptyDraft(): FieldDraft {
  return {
    name: '',
    type: 'text',
    en: '',
    zh: '',
    helpEn: '',
    helpZh: '',
    required: false,
    unique: false,
    searchable: false,
    indexed: true,
    maxLength: '',
    scale: '',
    target: '',
    options: [],
  };
}

export function draftOf(field: FieldMeta): FieldDraft {
  return {
    name: field.name,
    type: field.type,
    en: field.label.en ?? '',
    zh: field.label['zh-CN'] ?? '',
    helpEn: field.help?.en ?? '',
    helpZh: field.help?.['zh-CN'] ?? '',
    required: field.required ?? false,
    unique: field.unique ?? false,
    searchable: field.searchable ?? false,
    indexed: field.indexed ?? false,
    maxLength: field.maxLength === undefined ? '' : String(field.maxLength),
    scale: field.scale === undefined ? '' : String(field.scale),
    target: field.target ?? '',
    options: (field.options ?? []).map((option, key) => ({
      key,
      value: option.value,
      en: option.label.en ?? '',
      zh: option.label['zh-CN'] ?? '',
      color: option.color ?? '',
      active: option.active ?? true,
    })),
  };
}

/** The name that a label suggests: `c_` and what of it is plain. */
export function suggestedName(label: string): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 38);
  return plain === '' ? '' : `c_${plain}`;
}

export function labelOf(en: string, zh: string): Label | null {
  const label: Label = {};
  if (en.trim() !== '') {
    label.en = en.trim();
  }
  if (zh.trim() !== '') {
    label['zh-CN'] = zh.trim();
  }
  return Object.keys(label).length === 0 ? null : label;
}

function optionsOf(draft: FieldDraft) {
  return draft.options.map((option) => ({
    value: option.value.trim(),
    label: labelOf(option.en, option.zh) ?? { en: option.value.trim() },
    ...(option.color === '' ? {} : { color: option.color }),
    ...(option.active ? {} : { active: false }),
  }));
}

/** The field's properties as a definition has them; `null` for those that it does not have. */
export function definitionOf(draft: FieldDraft): Record<string, unknown> {
  const { type } = draft;
  return {
    type,
    label: labelOf(draft.en, draft.zh),
    help: labelOf(draft.helpEn, draft.helpZh),
    required: draft.required,
    unique: canBeUnique(type) ? draft.unique : null,
    searchable: canBeSearched(type) ? draft.searchable : null,
    indexed: canBeIndexed(type) ? draft.indexed : false,
    maxLength: hasLength(type) && draft.maxLength !== '' ? Number(draft.maxLength) : null,
    scale: hasScale(type) && draft.scale !== '' ? Number(draft.scale) : null,
    target: type === 'lookup' ? draft.target : null,
    options: hasOptions(type) ? optionsOf(draft) : null,
  };
}

const OVERRIDABLE = new Set(['label', 'help', 'required', 'options']);

/** What differs between two drafts of one field. Of a plugin's field only what the plugin leaves to the tenant. */
export function changeOf(component: string, own: boolean, before: FieldDraft, after: FieldDraft): ChangeWish {
  const old = definitionOf(before);
  const value = Object.fromEntries(
    Object.entries(definitionOf(after)).filter(
      ([name, fresh]) => JSON.stringify(fresh) !== JSON.stringify(old[name]) && (own || OVERRIDABLE.has(name)),
    ),
  );
  return { op: 'change', component, value };
}

export function additionOf(entityKey: string, draft: FieldDraft): ChangeWish {
  const value = Object.fromEntries(Object.entries(definitionOf(draft)).filter(([, fresh]) => fresh !== null));
  return { op: 'add', component: `${entityKey}.${draft.name}`, value };
}
