import { useFormat, useLabel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { formatScalar } from '../ui/FieldValue';
import { useValueText } from '../ui/useValueText';
import type { Figure, GroupValue } from './ask';
import type { GroupBy, Measure, Place } from './definition';

/** What fields, groups, measures and figures are called. */
export function useWords() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const valueText = useValueText();
  const place = ({ via, field }: Pick<Place, 'via' | 'field'>) =>
    [...via, field].map((one) => label(one.label, one.name)).join(' › ');
  const group = (by: GroupBy) => (by.part === undefined ? place(by) : t(`report.part.${by.part}`, { name: place(by) }));
  const measure = (one: Measure) =>
    one.place === undefined || one.reckoning === 'count'
      ? t('report.count')
      : t(`report.of.${one.reckoning}`, { name: place(one.place) });
  const value = (by: GroupBy, found: GroupValue) => valueText(by.field, found.value, found.name);
  const figure = (one: Measure, found: Figure): string => {
    if (found === null) {
      return '—';
    }
    if (one.place === undefined || one.reckoning === 'countdistinct') {
      return format.number(found);
    }
    return formatScalar(format, rounded(one, one.place.field), found, false) ?? String(found);
  };
  return { place, group, measure, value, figure };
}

/** An average of whole numbers is none. */
function rounded(measure: Measure, field: FieldMeta): FieldMeta {
  const whole = field.type === 'integer' || field.type === 'rating' || field.type === 'decimal';
  return measure.reckoning === 'average' && whole ? { ...field, type: 'decimal', scale: 2 } : field;
}

export type Words = ReturnType<typeof useWords>;
