import { isNumber } from '../api/odata';
import type { FieldMeta } from '../api/types';
import type { Widths } from './listState';

/** Least width in pixels, and share of what is left. */
type Width = [least: number, share: number];

const CHECKBOX = 36;
const PADDING_END = 16;
const NAME: Width = [200, 2];
/** What a frozen column has beyond its least width, as it shares nothing. */
const ROOM = 40;

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

/** What of a list decides how its columns stand. */
export interface ColumnsState {
  columns: readonly FieldMeta[];
  widths: Widths;
  /** How many columns from the first on stay when the others are scrolled. */
  frozen: number;
}

/**
 * Columns that a person has drawn to a width keep it; the others share what is left. Of several frozen columns each must
 * know where it stands, so those have a width of their own too.
 */
function widths({ columns, widths: drawn, frozen }: ColumnsState): Width[] {
  return columns.map((field, index) => {
    const pixels = drawn[field.name];
    const usual = index === 0 ? NAME : width(field);
    return pixels !== undefined ? [pixels, 0] : frozen > 1 && index < frozen ? [usual[0] + ROOM, 0] : usual;
  });
}

/** How far from the left a frozen column stays; undefined for one that is scrolled. */
export function frozenLeft(state: ColumnsState, index: number): number | undefined {
  const before = widths(state).slice(0, index);
  return index < state.frozen ? before.reduce((sum, [least]) => sum + least, CHECKBOX) : undefined;
}

export function gridTemplate(state: ColumnsState): string {
  const tracks = widths(state).map(([least, share]) => (share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`));
  return [`${CHECKBOX}px`, ...tracks].join(' ');
}

/** Below this the grid scrolls sideways; how long a header's text is does not count. */
export function leastWidth(state: ColumnsState): number {
  return widths(state).reduce((sum, [least]) => sum + least, CHECKBOX + PADDING_END);
}

export function alignsEnd(field: FieldMeta): boolean {
  return isNumber(field.type) && field.type !== 'rating';
}
