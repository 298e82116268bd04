import { isLong } from './odata';
import type { EntityMeta, FieldMeta, FieldType, Label, Lang, Metadata, ViewMeta } from './types';

/** The text for a language; another language rather than nothing. */
export function localize(label: Label | undefined, lang: Lang, fallback = ''): string {
  return label?.[lang] ?? label?.en ?? Object.values(label ?? {})[0] ?? fallback;
}

export interface RelatedList {
  entity: Entity;
  field: FieldMeta;
}

const systemField = (name: string, type: FieldType, label: Label): FieldMeta => ({
  name,
  property: name,
  type,
  label,
  readOnly: true,
  filterable: true,
  sortable: true,
});

/** Their labels stand here in both languages, as those of all other fields come in the metadata. */
const SYSTEM_FIELDS: readonly FieldMeta[] = [
  systemField('createdAt', 'datetime', { en: 'Created', 'zh-CN': '创建时间' }),
  systemField('createdBy', 'user', { en: 'Created by', 'zh-CN': '创建人' }),
  systemField('updatedAt', 'datetime', { en: 'Changed', 'zh-CN': '更改时间' }),
  systemField('updatedBy', 'user', { en: 'Changed by', 'zh-CN': '更改人' }),
];

/** One entity of the tenant, with what the screens ask of it. */
export class Entity {
  readonly name: string;
  readonly setName: string;
  readonly meta: EntityMeta;
  readonly fields: readonly FieldMeta[];
  readonly nameField: FieldMeta;
  readonly views: readonly ViewMeta[];
  private readonly byName: ReadonlyMap<string, FieldMeta>;
  /** Fields that say only of which entity the record is that a lookup points to; the lookup shows that itself. */
  private readonly kinds: ReadonlySet<string>;

  constructor(meta: EntityMeta) {
    this.name = meta.name;
    this.setName = meta.setName;
    this.meta = meta;
    this.fields = meta.fields.filter((field) => !SYSTEM_FIELDS.some((system) => system.name === field.name));
    this.kinds = new Set(meta.fields.flatMap((field) => field.typeField ?? []));
    this.byName = new Map([...SYSTEM_FIELDS, ...meta.fields].map((field) => [field.name, field]));
    const first = this.byName.get(meta.nameField) ?? meta.fields[0];
    if (first === undefined) {
      throw new Error(`Entity ${meta.name} has no fields`);
    }
    this.nameField = first;
    this.views = meta.views.length > 0 ? meta.views : [this.plainView()];
  }

  field(name: string): FieldMeta | undefined {
    return this.byName.get(name);
  }

  fieldByProperty(property: string): FieldMeta | undefined {
    return [...this.byName.values()].find((field) => field.property === property);
  }

  fieldByNavigation(navigation: string): FieldMeta | undefined {
    return this.fields.find((field) => field.navigation === navigation);
  }

  systemFields(): readonly FieldMeta[] {
    return SYSTEM_FIELDS;
  }

  view(key: string | null | undefined): ViewMeta {
    return this.views.find((view) => view.key === key) ?? (this.views[0] as ViewMeta);
  }

  /** The picklist the entity moves along, if a board view names one. */
  stageField(): FieldMeta | undefined {
    const board = this.views.find((view) => view.groupBy !== undefined);
    const field = board?.groupBy === undefined ? undefined : this.field(board.groupBy);
    return field?.type === 'picklist' ? field : undefined;
  }

  /** The field whose sum tells most: what the board adds up, else the first amount of money. */
  sumField(): FieldMeta | undefined {
    const named = this.views.find((view) => view.sum !== undefined)?.sum;
    return (named === undefined ? undefined : this.field(named)) ?? this.fields.find((field) => field.type === 'money');
  }

  sections(): readonly { label: Label; fields: readonly FieldMeta[] }[] {
    const sections = this.meta.layout?.sections ?? [];
    if (sections.length === 0) {
      return [{ label: this.meta.label, fields: this.fields.filter((field) => !this.kinds.has(field.name)) }];
    }
    return sections.map((section) => ({
      label: section.label,
      fields: section.fields
        .map((name) => this.field(name))
        .filter((field) => field !== undefined)
        .filter((field) => !this.kinds.has(field.name)),
    }));
  }

  private plainView(): ViewMeta {
    const shown = this.fields.filter((field) => !isLong(field.type)).slice(0, 6);
    return { key: 'all', label: this.meta.pluralLabel, columns: shown.map((field) => field.name), kind: 'list' };
  }
}

/** The tenant's metadata, ready to ask. */
export class Model {
  readonly entities: readonly Entity[];
  readonly navigation: readonly { label: Label; entities: readonly Entity[] }[];
  private readonly byName: ReadonlyMap<string, Entity>;
  private readonly bySet: ReadonlyMap<string, Entity>;

  constructor(metadata: Metadata) {
    this.entities = metadata.entities.map((meta) => new Entity(meta));
    this.byName = new Map(this.entities.map((entity) => [entity.name, entity]));
    this.bySet = new Map(this.entities.map((entity) => [entity.setName, entity]));
    this.navigation = this.areas(metadata);
  }

  entity(name: string | undefined): Entity | undefined {
    return name === undefined ? undefined : this.byName.get(name);
  }

  set(setName: string | undefined): Entity | undefined {
    return setName === undefined ? undefined : this.bySet.get(setName);
  }

  target(field: FieldMeta): Entity | undefined {
    return this.entity(field.target);
  }

  /** The entities of which a lookup may point to a record. */
  targets(field: FieldMeta): Entity[] {
    const names = field.targets ?? (field.target === undefined ? [] : [field.target]);
    return names.map((name) => this.entity(name)).filter((entity) => entity !== undefined);
  }

  /** The field that a path leads to from the entity, and the lookups on the way. */
  place(entity: Entity, path: string): { field: FieldMeta; via: readonly FieldMeta[] } | undefined {
    const steps = path.split('/');
    const property = steps.pop() ?? '';
    const via: FieldMeta[] = [];
    let at: Entity | undefined = entity;
    for (const step of steps) {
      const lookup: FieldMeta | undefined = at?.fieldByNavigation(step);
      if (lookup === undefined) {
        return undefined;
      }
      via.push(lookup);
      at = this.target(lookup);
    }
    const field = at?.fieldByProperty(property);
    return field === undefined ? undefined : { field, via };
  }

  /** Lists of other records that point at this entity. */
  related(entity: Entity): RelatedList[] {
    return this.entities.flatMap((other) =>
      other.fields
        .filter((field) => field.type === 'lookup' && this.targets(field).includes(entity))
        .map((field) => ({ entity: other, field })),
    );
  }

  /** An entity no area names would be out of reach; those gather in an area of their own. */
  private areas(metadata: Metadata) {
    const areas = metadata.navigation
      .map((area) => ({ label: area.label, entities: area.entities.flatMap((name) => this.entity(name) ?? []) }))
      .filter((area) => area.entities.length > 0);
    const placed = new Set(areas.flatMap((area) => area.entities));
    const rest = this.entities.filter((entity) => !placed.has(entity));
    const other: Label = { en: 'More', 'zh-CN': '更多' };
    return rest.length === 0 ? areas : [...areas, { label: other, entities: rest }];
  }
}
