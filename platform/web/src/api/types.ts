import type { Node } from '../expression/tree';

export type Lang = 'en' | 'zh-CN';

/** A text in each language the tenant keeps; not every language need be there. */
export type Label = Partial<Record<Lang, string>>;

export interface Me {
  user: { id: string; username: string; displayName: string; email?: string };
  tenant: { id: string; slug: string; name: string; locale: Lang; timeZone: string; currency: string };
  role: 'administrator' | 'user';
  /** Whether the user looks after what there is of persons. */
  privacy?: boolean;
  locale: Lang;
  csrfToken?: string;
}

export interface User {
  id: string;
  displayName: string;
  username: string;
  email?: string;
}

export interface PicklistOption {
  value: string;
  label: Label;
  color?: string;
  order?: number;
  active?: boolean;
  /** The values of the field it depends on beside which it can be chosen. */
  under?: string[];
}

export type FieldType =
  | 'text'
  | 'longText'
  | 'richText'
  | 'autoNumber'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multiPicklist'
  | 'tags'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'currency'
  | 'percent'
  | 'rating'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'duration'
  | 'lookup'
  | 'user'
  | 'address'
  | 'geo'
  | 'file'
  | 'image'
  | 'json'
  | 'encryptedText';

/** How people read the values of a field; the values stay as they are. */
export interface DisplayFormat {
  style?: 'compact' | 'plain' | 'short' | 'long' | 'month' | 'year' | 'day' | 'relative';
  decimals?: number;
  /** A `#` for each letter or digit of a text, with what is to stand between them. */
  mask?: string;
}

export interface FieldMeta {
  name: string;
  /** The name in the API: differs from `name` for lookups. */
  property: string;
  type: FieldType;
  label: Label;
  help?: Label;
  required?: boolean;
  readOnly?: boolean;
  unique?: boolean;
  /** Whether filters and sorts on it use an index. */
  indexed?: boolean;
  maxLength?: number;
  scale?: number;
  /** Decimal text, so that no digit is lost. */
  min?: string | number;
  max?: string | number;
  default?: string | number | boolean;
  searchable?: boolean;
  filterable?: boolean;
  sortable?: boolean;
  options?: PicklistOption[];
  /** The picklist whose value decides which options can be chosen. */
  dependsOn?: string;
  country?: string;
  currency?: string;
  /** The field that says in which currency the amount is. */
  currencyField?: string;
  format?: DisplayFormat;
  /** Whether the history keeps the values. */
  audited?: boolean;
  /** Whether the values tell of a person. */
  personal?: boolean;
  /** Whether it is written down who reads the values. */
  sensitive?: boolean;
  /** Of a file, in mebibytes. */
  maxMegabytes?: number;
  /** What files may be, by content type. */
  accept?: string[];
  target?: string;
  /** Of a lookup to one of several entities; `typeField` then says of which. */
  targets?: string[];
  typeField?: string;
  onDelete?: DeleteBehaviour;
  /** Whether the lookup says what a record stands under. */
  hierarchical?: boolean;
  navigation?: string;
  /** Of an automatic number. */
  pattern?: string;
  gaps?: boolean;
  /** How the value is reckoned from other records; nobody writes it. */
  rollUp?: RollUpMeta;
  requiredWhen?: string;
  readOnlyWhen?: string;
  visibleWhen?: string;
  defaultExpression?: string;
  optionsWhen?: { value: string; when: string }[];
  /** How the value is computed; nobody writes it. */
  formula?: { expression: string; stored: boolean };
  /** What the field is beside what the record holds, as checked trees. */
  conditions?: FieldConditions;
}

export type DeleteBehaviour = 'restrict' | 'clear' | 'cascade';

export const ROLL_UP_FUNCTIONS = ['count', 'sum', 'avg', 'min', 'max', 'first', 'last'] as const;

export interface RollUpMeta {
  of: string;
  by: string;
  through?: string;
  tree?: boolean;
  function: (typeof ROLL_UP_FUNCTIONS)[number];
  field?: string;
  filter?: string;
  orderBy?: string;
}

export interface FieldConditions {
  requiredWhen?: Node;
  readOnlyWhen?: Node;
  visibleWhen?: Node;
  /** When an option can be chosen, by its value; always for those not named. */
  options?: Record<string, Node>;
}

export interface ViewMeta {
  key: string;
  label: Label;
  columns: string[];
  sort?: { field: string; desc?: boolean }[];
  kind?: 'list' | 'board' | 'calendar' | 'chart';
  groupBy?: string;
  sum?: string;
  filter?: string;
  /** Of columns by their field, in pixels. */
  widths?: Record<string, number>;
  /** How many columns stay when the others are scrolled sideways. */
  frozen?: number;
}

export interface SectionMeta {
  label: Label;
  fields: string[];
}

export interface EntityMeta {
  name: string;
  setName: string;
  key?: string;
  custom?: boolean;
  label: Label;
  pluralLabel: Label;
  icon?: string;
  nameField: string;
  fields: FieldMeta[];
  views: ViewMeta[];
  layout?: { sections: SectionMeta[] };
  rules?: RuleMeta[];
  /** Of an entity whose records tie two others together: the lookups to both. */
  link?: { lookup: string; collection: string }[];
}

/** What records of the entity must not be. */
export interface RuleMeta {
  name: string;
  refuseWhen: string;
  message: Label;
  field?: string;
}

export interface Metadata {
  version: string | number;
  entities: EntityMeta[];
  navigation: { label: Label; entities: string[] }[];
  fieldTypes: string[];
}

export type Value = string | number | boolean | null | readonly string[] | Readonly<Record<string, unknown>>;

/** A record as the API sends it: properties by name, lookups also expanded under their navigation. */
export interface RecordData {
  id: string;
  '@odata.etag'?: string;
  [property: string]: unknown;
}

export interface Violation {
  field?: string;
  code: string;
  message: string;
}

export interface HistoryEntry {
  at: string;
  actor: { id: string; displayName: string } | null;
  origin: string;
  /** What made it besides the actor, such as `automation:…`. */
  cause?: string | null;
  action: string;
  changes: { field: string; old: unknown; new: unknown }[];
}

export interface ImportJob {
  id: string;
  entity: string;
  fileName: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  total?: number | null;
  processed: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  startedAt?: string | null;
  finishedAt?: string | null;
  problem?: string | { title?: string; detail?: string } | null;
}

export interface ColumnMapping {
  /** Absent where the value is made of several columns or is constant. */
  column?: string;
  /** Made of the row's columns, which stand in braces. */
  template?: string;
  /** The same in every row. */
  value?: string;
  field: string;
  match?: string;
  corrections?: Record<string, string>;
}

export interface ImportMapping {
  entity: string;
  key?: string;
  encoding?: string;
  delimiter?: string;
  empty?: string[];
  dateFormat?: string;
  columns: ColumnMapping[];
}

export interface ImportReject {
  row: number;
  line?: number;
  field?: string | null;
  value?: string | null;
  code: string;
  message: string;
}
