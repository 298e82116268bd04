import { isNumber } from '../api/odata';
import type { FieldMeta } from '../api/types';

/** Least width in pixels, and share of what is left. */
type Width = [least: number, share: number];

const CHECKBOX = 36;
const PADDING_END = 16;
const NAME: Width = [200, 2];

function width(field: FieldMeta): Width {
  switch (field.type) {
    case 'money':
    case 'decimal':
      return [108, 0.8];
    case 'integer':
    case 'percent':
      return [80, 0.6];
    case 'boolean':
      return [76, 0.5];
    case 'date':
      return [128, 0.7];
    case 'datetime':
      return [152, 0.9];
    case 'picklist':
      return [120, 0.8];
    default:
      return [124, 1.2];
  }
}

function widths(columns: readonly FieldMeta[]): Width[] {
  return [NAME, ...columns.slice(1).map(width)];
}

export function gridTemplate(columns: readonly FieldMeta[]): string {
  const tracks = widths(columns).map(([least, share]) => `minmax(${least}px, ${share}fr)`);
  return [`${CHECKBOX}px`, ...tracks].join(' ');
}

/** Below this the grid scrolls sideways; how long a header's text is does not count. */
export function leastWidth(columns: readonly FieldMeta[]): number {
  return widths(columns).reduce((sum, [least]) => sum + least, CHECKBOX + PADDING_END);
}

export function alignsEnd(field: FieldMeta): boolean {
  return isNumber(field.type);
}
