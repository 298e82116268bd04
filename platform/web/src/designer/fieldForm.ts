import type { Model } from '../api/model';
import type { DeleteBehaviour, DisplayFormat, FieldMeta, FieldType, Label, RollUpMeta } from '../api/types';
import type { ChangeWish } from './plans';

/** A field's type as a person chooses it: what is computed takes the type of what it gives. */
export type DraftType = FieldType | 'formula' | 'rollUp';

export interface RollUpDraft {
  of: string;
  by: string;
  through: string;
  tree: boolean;
  function: RollUpMeta['function'];
  field: string;
  filter: string;
  orderBy: string;
}

/** What the form of a field holds: texts and ticks, as a person fills them in. */
export interface FieldDraft {
  name: string;
  type: DraftType;
  en: string;
  zh: string;
  helpEn: string;
  helpZh: string;
  required: boolean;
  readOnly: boolean;
  unique: boolean;
  searchable: boolean;
  indexed: boolean;
  audited: boolean;
  personal: boolean;
  sensitive: boolean;
  default: string;
  maxLength: string;
  scale: string;
  min: string;
  max: string;
  currency: string;
  currencyField: string;
  country: string;
  pattern: string;
  gaps: boolean;
  targets: readonly string[];
  typeField: string;
  onDelete: DeleteBehaviour | '';
  hierarchical: boolean;
  accept: string;
  maxMegabytes: string;
  dependsOn: string;
  options: OptionDraft[];
  style: NonNullable<DisplayFormat['style']> | '';
  decimals: string;
  mask: string;
  expression: string;
  stored: boolean;
  rollUp: RollUpDraft;
  requiredWhen: string;
  readOnlyWhen: string;
  visibleWhen: string;
  defaultExpression: string;
}

export interface OptionDraft {
  key: number;
  value: string;
  en: string;
  zh: string;
  color: string;
  active: boolean;
  /** The values of the picklist it depends on beside which it can be chosen. */
  under: readonly string[];
  /** When it can be chosen. */
  when: string;
}

const TEXTS: readonly DraftType[] = ['text', 'longText', 'email', 'phone', 'url'];
const CHOSEN: readonly DraftType[] = ['picklist', 'multiPicklist'];
const UNINDEXED: readonly DraftType[] = [
  'longText',
  'richText',
  'multiPicklist',
  'tags',
  'address',
  'file',
  'image',
  'json',
  'encryptedText',
  'rollUp',
];
const SCALED: readonly DraftType[] = ['decimal', 'money', 'percent', 'formula'];
const NUMBERS: readonly DraftType[] = ['integer', 'decimal', 'money', 'percent', 'rating', 'duration'];
const BOUNDED: readonly DraftType[] = ['integer', 'decimal', 'money', 'percent', 'duration'];
const MASKED: readonly DraftType[] = ['text', 'phone', 'url'];
const GIVEN: readonly DraftType[] = ['formula', 'rollUp', 'autoNumber'];
const WITHOUT_DEFAULT: readonly DraftType[] = [
  ...GIVEN,
  'file',
  'image',
  'address',
  'geo',
  'lookup',
  'user',
  'json',
  'encryptedText',
  'multiPicklist',
  'tags',
  'richText',
];

export const hasLength = (type: DraftType) => TEXTS.includes(type) || type === 'encryptedText';
export const hasScale = (type: DraftType) => SCALED.includes(type);
export const canBeUnique = (type: DraftType) => (canBeSearched(type) && type !== 'longText') || type === 'integer';
export const canBeSearched = (type: DraftType) => TEXTS.includes(type);
export const canBeIndexed = (type: DraftType) => !UNINDEXED.includes(type);
export const hasOptions = (type: DraftType) => CHOSEN.includes(type);
export const hasBounds = (type: DraftType) => BOUNDED.includes(type);
export const hasDefault = (type: DraftType) => !WITHOUT_DEFAULT.includes(type);
/** Whether people write it at all. */
export const isWritten = (type: DraftType) => !GIVEN.includes(type);
export const hasMask = (type: DraftType) => MASKED.includes(type) || type === 'formula';
export const hasDecimals = (type: DraftType) => NUMBERS.includes(type) || type === 'formula';

/** The ways in which values of the type can be shown. */
export function stylesOf(type: DraftType): readonly NonNullable<DisplayFormat['style']>[] {
  if (type === 'formula') {
    return ['compact', 'plain', 'short', 'long', 'month', 'year', 'day', 'relative'];
  }
  if (type === 'date') {
    return ['short', 'long', 'month', 'year'];
  }
  if (type === 'datetime') {
    return ['short', 'long', 'month', 'year', 'day', 'relative'];
  }
  return ['integer', 'decimal', 'money', 'percent'].includes(type) ? ['compact', 'plain'] : [];
}

const NO_ROLL_UP: RollUpDraft = {
  of: '',
  by: '',
  through: '',
  tree: false,
  function: 'count',
  field: '',
  filter: '',
  orderBy: '',
};

export function emptyDraft(): FieldDraft {
  return {
    name: '',
    type: 'text',
    en: '',
    zh: '',
    helpEn: '',
    helpZh: '',
    required: false,
    readOnly: false,
    unique: false,
    searchable: false,
    indexed: true,
    audited: true,
    personal: false,
    sensitive: false,
    default: '',
    maxLength: '',
    scale: '',
    min: '',
    max: '',
    currency: '',
    currencyField: '',
    country: '',
    pattern: '',
    gaps: false,
    targets: [],
    typeField: '',
    onDelete: '',
    hierarchical: false,
    accept: '',
    maxMegabytes: '',
    dependsOn: '',
    options: [],
    style: '',
    decimals: '',
    mask: '',
    expression: '',
    stored: false,
    rollUp: NO_ROLL_UP,
    requiredWhen: '',
    readOnlyWhen: '',
    visibleWhen: '',
    defaultExpression: '',
  };
}

const typeOf = (field: FieldMeta): DraftType =>
  field.formula !== undefined ? 'formula' : field.rollUp !== undefined ? 'rollUp' : field.type;

const written = (value: string | number | boolean | undefined) => (value === undefined ? '' : String(value));

function optionDrafts(field: FieldMeta): OptionDraft[] {
  const when = new Map((field.optionsWhen ?? []).map((one) => [one.value, one.when]));
  return (field.options ?? []).map((option, key) => ({
    key,
    value: option.value,
    en: option.label.en ?? '',
    zh: option.label['zh-CN'] ?? '',
    color: option.color ?? '',
    active: option.active ?? true,
    under: option.under ?? [],
    when: when.get(option.value) ?? '',
  }));
}

/** What stands in the form as it does in the definition, when it is there. */
const SAME = [
  'name',
  'required',
  'readOnly',
  'unique',
  'searchable',
  'indexed',
  'audited',
  'personal',
  'sensitive',
  'currency',
  'currencyField',
  'country',
  'pattern',
  'gaps',
  'typeField',
  'onDelete',
  'hierarchical',
  'dependsOn',
  'requiredWhen',
  'readOnlyWhen',
  'visibleWhen',
  'defaultExpression',
] as const;

function same(field: FieldMeta): Partial<FieldDraft> {
  return Object.fromEntries(SAME.filter((name) => field[name] !== undefined).map((name) => [name, field[name]]));
}

function targetsOf(field: FieldMeta): readonly string[] {
  return field.targets ?? (field.target === undefined ? [] : [field.target]);
}

export function draftOf(field: FieldMeta): FieldDraft {
  const { help, format, formula } = field;
  return {
    ...emptyDraft(),
    indexed: false,
    ...same(field),
    type: typeOf(field),
    en: written(field.label.en),
    zh: written(field.label['zh-CN']),
    helpEn: written(help?.en),
    helpZh: written(help?.['zh-CN']),
    default: written(field.default),
    maxLength: written(field.maxLength),
    scale: written(field.scale),
    min: written(field.min),
    max: written(field.max),
    maxMegabytes: written(field.maxMegabytes),
    targets: targetsOf(field),
    accept: (field.accept ?? []).join(', '),
    options: optionDrafts(field),
    style: format?.style ?? '',
    decimals: written(format?.decimals),
    mask: written(format?.mask),
    expression: written(formula?.expression),
    stored: formula?.stored ?? false,
    rollUp: { ...NO_ROLL_UP, ...field.rollUp },
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

/** Of a plugin's options a tenant does not say beside which others they stand. */
function optionsOf(draft: FieldDraft, own: boolean) {
  return draft.options.map((option) => ({
    value: option.value.trim(),
    label: labelOf(option.en, option.zh) ?? { en: option.value.trim() },
    ...(option.color === '' ? {} : { color: option.color }),
    ...(option.active ? {} : { active: false }),
    ...(own && draft.dependsOn !== '' && option.under.length > 0 ? { under: option.under } : {}),
  }));
}

const text = (value: string) => (value.trim() === '' ? null : value.trim());
const number = (value: string) => (value.trim() === '' ? null : Number(value));

function formatOf(draft: FieldDraft) {
  const format = {
    ...(stylesOf(draft.type).some((style) => style === draft.style) && { style: draft.style }),
    ...(hasDecimals(draft.type) && draft.decimals !== '' && { decimals: Number(draft.decimals) }),
    ...(hasMask(draft.type) && draft.mask !== '' && { mask: draft.mask }),
  };
  return Object.keys(format).length === 0 ? null : format;
}

function defaultOf(draft: FieldDraft) {
  if (!hasDefault(draft.type) || draft.default === '') {
    return null;
  }
  return draft.default;
}

function lookupOf(draft: FieldDraft) {
  const several = draft.targets.length > 1;
  return {
    target: several ? null : (draft.targets[0] ?? ''),
    targets: several ? draft.targets : null,
    typeField: several ? typeFieldOf(draft) : null,
    onDelete: draft.onDelete === '' ? null : draft.onDelete,
    hierarchical: draft.hierarchical && !several ? true : null,
  };
}

/** The field that says of which entity the record is to which a lookup points. */
export function typeFieldOf(draft: FieldDraft): string {
  return draft.typeField === '' ? `${draft.name.slice(0, 36)}_type` : draft.typeField;
}

function rollUpOf(draft: RollUpDraft): RollUpMeta {
  const ordered = draft.function === 'first' || draft.function === 'last';
  return {
    of: draft.of,
    by: draft.by,
    function: draft.function,
    ...(draft.through !== '' && { through: draft.through }),
    ...(draft.tree && { tree: true }),
    ...(draft.function !== 'count' && { field: draft.field }),
    ...(draft.filter.trim() !== '' && { filter: draft.filter.trim() }),
    ...(ordered && { orderBy: draft.orderBy }),
  };
}

/** What a roll-up gives: a number of records, else what it is reckoned from. */
function resultOf(draft: RollUpDraft, model: Model): Record<string, unknown> {
  const source = model.entity(draft.of)?.field(draft.field);
  if (draft.function === 'count' || source === undefined) {
    return { type: 'integer' };
  }
  if (draft.function === 'avg') {
    const type = source.type === 'integer' ? 'decimal' : source.type;
    return { type, scale: source.scale ?? 2, ...(source.currency && { currency: source.currency }) };
  }
  return {
    type: source.type,
    ...(source.scale !== undefined && { scale: source.scale }),
    ...(source.maxLength !== undefined && source.options === undefined && { maxLength: source.maxLength }),
    ...(source.currency !== undefined && { currency: source.currency }),
    ...(source.options !== undefined && {
      options: source.options.map(({ value, label, color }) => ({ value, label, ...(color && { color }) })),
    }),
  };
}

function conditionsOf(draft: FieldDraft) {
  const isOpen = isWritten(draft.type);
  const options = draft.options.filter((option) => option.when.trim() !== '');
  return {
    requiredWhen: isOpen ? text(draft.requiredWhen) : null,
    readOnlyWhen: isOpen ? text(draft.readOnlyWhen) : null,
    visibleWhen: text(draft.visibleWhen),
    defaultExpression: isOpen ? text(draft.defaultExpression) : null,
    optionsWhen:
      hasOptions(draft.type) && options.length > 0
        ? options.map((option) => ({ value: option.value, when: option.when.trim() }))
        : null,
  };
}

function fileSettings(draft: FieldDraft) {
  const files = draft.type === 'file' || draft.type === 'image';
  const accept = draft.accept.split(',').map((one) => one.trim());
  return {
    accept: files && draft.accept.trim() !== '' ? accept : null,
    maxMegabytes: files ? number(draft.maxMegabytes) : null,
  };
}

/** What the type has of its own. */
function settingsOf(draft: FieldDraft, own: boolean): Record<string, unknown> {
  const { type } = draft;
  return {
    maxLength: hasLength(type) ? number(draft.maxLength) : null,
    scale: hasScale(type) ? number(draft.scale) : null,
    min: hasBounds(type) ? number(draft.min) : null,
    max: hasBounds(type) || type === 'rating' ? number(draft.max) : null,
    currency: type === 'money' ? text(draft.currency) : null,
    currencyField: type === 'money' ? text(draft.currencyField) : null,
    country: type === 'phone' ? text(draft.country) : null,
    pattern: type === 'autoNumber' ? text(draft.pattern) : null,
    gaps: type === 'autoNumber' && draft.gaps ? true : null,
    ...fileSettings(draft),
    dependsOn: hasOptions(type) ? text(draft.dependsOn) : null,
    options: hasOptions(type) ? optionsOf(draft, own) : null,
    ...(type === 'lookup' ? lookupOf(draft) : {}),
    expression: type === 'formula' ? draft.expression : null,
    stored: type === 'formula' && draft.stored ? true : null,
  };
}

/** The field's properties as a definition has them; `null` for those that it does not have. */
export function definitionOf(draft: FieldDraft, model: Model, own = true): Record<string, unknown> {
  const { type } = draft;
  const computed = type === 'rollUp' || type === 'formula';
  return {
    type,
    label: labelOf(draft.en, draft.zh),
    help: labelOf(draft.helpEn, draft.helpZh),
    required: computed ? null : draft.required,
    readOnly: isWritten(type) && draft.readOnly ? true : null,
    unique: canBeUnique(type) ? draft.unique : null,
    searchable: canBeSearched(type) ? draft.searchable : null,
    indexed: type === 'rollUp' || (type === 'formula' && !draft.stored) ? null : canBeIndexed(type) && draft.indexed,
    audited: draft.audited ? null : false,
    personal: draft.personal,
    sensitive: draft.sensitive,
    default: defaultOf(draft),
    format: formatOf(draft),
    ...settingsOf(draft, own),
    ...conditionsOf(draft),
    rollUp: type === 'rollUp' ? rollUpOf(draft.rollUp) : null,
    ...(type === 'rollUp' ? resultOf(draft.rollUp, model) : {}),
  };
}

const OVERRIDABLE = new Set([
  'label',
  'help',
  'required',
  'default',
  'options',
  'indexed',
  'personal',
  'sensitive',
  'format',
  'requiredWhen',
  'readOnlyWhen',
  'visibleWhen',
  'defaultExpression',
  'optionsWhen',
]);

/** What differs between two drafts of one field. Of a plugin's field only what the plugin leaves to the tenant. */
export function changeOf(
  component: string,
  own: boolean,
  before: FieldDraft,
  after: FieldDraft,
  model: Model,
): ChangeWish {
  const old = definitionOf(before, model, own);
  const value = Object.fromEntries(
    Object.entries(definitionOf(after, model, own)).filter(
      ([name, fresh]) => JSON.stringify(fresh) !== JSON.stringify(old[name]) && (own || OVERRIDABLE.has(name)),
    ),
  );
  return { op: 'change', component, value };
}

/** The new field; one that points to one of several entities comes with the field that says to which. */
export function additionsOf(entityKey: string, draft: FieldDraft, model: Model): ChangeWish[] {
  const value = Object.fromEntries(Object.entries(definitionOf(draft, model)).filter(([, fresh]) => fresh !== null));
  const field: ChangeWish = { op: 'add', component: `${entityKey}.${draft.name}`, value };
  if (draft.type !== 'lookup' || draft.targets.length < 2) {
    return [field];
  }
  const kind = {
    type: 'text',
    maxLength: 42,
    readOnly: true,
    indexed: true,
    label: labelOf(draft.en === '' ? '' : `${draft.en}: kind`, draft.zh === '' ? '' : `${draft.zh}的种类`),
  };
  return [{ op: 'add', component: `${entityKey}.${typeFieldOf(draft)}`, value: kind }, field];
}
