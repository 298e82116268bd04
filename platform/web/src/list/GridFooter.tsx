import type { CSSProperties } from 'react';
import { useFormat, useLabel } from '../api/session';
import { useT } from '../i18n';
import { formatScalar } from '../ui/FieldValue';
import { alignsEnd, frozenLeft, gridTemplate } from './columns';
import type { GridProps } from './Grid';
import classes from './list.module.css';

/** Totals of the whole result, under the columns they belong to. */
export function GridFooter({ state, rows, sumField, sum }: GridProps) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const total = sumField === undefined || sum === undefined ? undefined : formatScalar(format, sumField, sum, false);
  const underColumn = state.columns.some((field) => field.name === sumField?.name);
  return (
    <div className={classes.footer} style={{ '--columns': gridTemplate(state) } as CSSProperties}>
      <span />
      {state.columns.map((field, index) => (
        <span
          key={field.name}
          className={classes.footerCell}
          data-end={alignsEnd(field)}
          data-frozen={index < state.frozen}
          style={{ left: frozenLeft(state, index) }}
        >
          {index === 0 && rows.count !== undefined && (
            <span data-testid="record-count">{t('list.records', { count: rows.count })}</span>
          )}
          {index === 0 && !underColumn && total !== undefined && ` · ${total}`}
          {index > 0 && field.name === sumField?.name && total !== undefined && (
            <>
              <span className="rl-visually-hidden">{t('list.sumOf', { name: label(field.label, field.name) })}</span>
              <strong data-testid="record-sum">{total}</strong>
            </>
          )}
        </span>
      ))}
    </div>
  );
}
