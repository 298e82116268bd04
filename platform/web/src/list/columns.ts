import { isNumber } from '../api/odata';
import type { FieldMeta } from '../api/types';
import type { Widths } from './listState';

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
    case 'time':
    case 'duration':
    case 'percent':
      return [80, 0.6];
    case 'boolean':
      return [76, 0.5];
    case 'date':
      return [128, 0.7];
    case 'datetime':
      return [152, 0.9];
    case 'rating':
    case 'picklist':
      return [120, 0.8];
    default:
      return [124, 1.2];
  }
}

/** Columns that a person has drawn to a width keep it; the others share what is left. */
function widths(columns: readonly FieldMeta[], drawn: Widths): Width[] {
  return columns.map((field, index) => {
    const pixels = drawn[field.name];
    return pixels !== undefined ? [pixels, 0] : index === 0 ? NAME : width(field);
  });
}

export function gridTemplate(columns: readonly FieldMeta[], drawn: Widths): string {
  const tracks = widths(columns, drawn).map(([least, share]) =>
    share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`,
  );
  return [`${CHECKBOX}px`, ...tracks].join(' ');
}

/** Below this the grid scrolls sideways; how long a header's text is does not count. */
export function leastWidth(columns: readonly FieldMeta[], drawn: Widths): number {
  return widths(columns, drawn).reduce((sum, [least]) => sum + least, CHECKBOX + PADDING_END);
}

export function alignsEnd(field: FieldMeta): boolean {
  return isNumber(field.type) && field.type !== 'rating';
}
