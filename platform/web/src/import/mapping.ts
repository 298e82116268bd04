import type { Entity, Model } from '../api/model';
import type { ColumnMapping, FieldMeta, ImportMapping } from '../api/types';

/** What a file's columns become, as the person changes it. */
export type Mapping = ImportMapping;

export function columnOf(mapping: Mapping, column: string): ColumnMapping | undefined {
  return mapping.columns.find((candidate) => candidate.column === column);
}

/** Points a column at a field; a lookup is found by its target's name unless said otherwise. */
export function pointAt(model: Model, mapping: Mapping, column: string, field: FieldMeta | undefined): Mapping {
  const others = mapping.columns.filter((candidate) => candidate.column !== column);
  if (field === undefined) {
    return { ...mapping, columns: others };
  }
  const match = model.target(field)?.nameField.name;
  const kept = columnOf(mapping, column)?.corrections;
  const next: ColumnMapping = {
    column,
    field: field.name,
    ...(match !== undefined && { match }),
    ...(kept !== undefined && { corrections: kept }),
  };
  return { ...mapping, columns: [...others.filter((candidate) => candidate.field !== field.name), next] };
}

export function changeColumn(mapping: Mapping, changed: ColumnMapping): Mapping {
  return {
    ...mapping,
    columns: mapping.columns.map((candidate) => (candidate.column === changed.column ? changed : candidate)),
  };
}

export function writable(entity: Entity): FieldMeta[] {
  return entity.fields.filter((field) => !field.readOnly);
}

function fromColumn(mapping: Mapping, field: FieldMeta): boolean {
  return mapping.columns.some((candidate) => candidate.field === field.name && candidate.column !== undefined);
}

/** Fields a new record needs and no column gives: a text may. */
export function toFill(entity: Entity, mapping: Mapping): FieldMeta[] {
  return writable(entity).filter(
    (field) => field.required && field.default === undefined && !fromColumn(mapping, field),
  );
}

export function fillText(mapping: Mapping, field: FieldMeta): string {
  const filled = mapping.columns.find((candidate) => candidate.field === field.name);
  return filled?.template ?? filled?.value ?? '';
}

export function fillWith(mapping: Mapping, field: FieldMeta, text: string): Mapping {
  const others = mapping.columns.filter((candidate) => candidate.field !== field.name);
  if (text.trim() === '') {
    return { ...mapping, columns: others };
  }
  const filled = text.includes('{') ? { template: text, field: field.name } : { value: text, field: field.name };
  return { ...mapping, columns: [...others, filled] };
}

/** Fields a new record needs and nothing fills. */
export function unfilled(entity: Entity, mapping: Mapping): FieldMeta[] {
  const filled = new Set(mapping.columns.map((column) => column.field));
  return writable(entity).filter((field) => field.required && field.default === undefined && !filled.has(field.name));
}

/** Fields that can tell which record a row means. */
export function keyFields(entity: Entity): FieldMeta[] {
  return writable(entity).filter(
    (field) => field.type === 'text' || field.type === 'email' || field.type === 'integer',
  );
}

export function readEmpty(text: string): string[] {
  const words = text.split(/[,，]/).map((word) => word.trim());
  return [...new Set(['', ...words])];
}
