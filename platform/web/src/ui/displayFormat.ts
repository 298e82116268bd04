import type { FieldMeta } from '../api/types';
import type { Formatter } from '../i18n/format';

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'decimal', 'money', 'percent']);

/** The value as the field's definition wants it shown; undefined when it wants nothing. */
export function asDefined(
  format: Formatter,
  field: FieldMeta,
  value: string | number,
  currency = field.currency ?? format.currency,
): string | undefined {
  const wanted = field.format;
  if (wanted === undefined) {
    return undefined;
  }
  const { style, decimals } = wanted;
  if (NUMBERS.has(field.type)) {
    const known = style === 'compact' || style === 'plain' ? style : undefined;
    const shown = format.styled(value, known, decimals, field.type === 'money' ? currency : undefined);
    return field.type === 'percent' ? `${shown}%` : shown;
  }
  const ofDay = field.type === 'date';
  if ((!ofDay && field.type !== 'datetime') || style === undefined || style === 'compact' || style === 'plain') {
    return undefined;
  }
  return style === 'relative' ? format.relative(String(value)) : format.styledDate(String(value), style, ofDay);
}

/** The letters and digits of a text in the places of a mask; the text as it is when they do not fill it exactly. */
export function masked(mask: string | undefined, text: string): string {
  const signs = text.match(/[\p{L}\p{N}]/gu) ?? [];
  if (mask === undefined || signs.length !== [...mask].filter((sign) => sign === '#').length) {
    return text;
  }
  return mask.replaceAll('#', () => signs.shift() ?? '');
}
