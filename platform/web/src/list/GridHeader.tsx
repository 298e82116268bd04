import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type PointerEvent, type ReactNode, useRef } from 'react';
import { useLabel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { FieldIcon } from '../ui/icons';
import { alignsEnd, frozenLeft } from './columns';
import classes from './list.module.css';
import { type ListState, nextSort, writeWidths } from './listState';
import { sortable } from './SortMenu';

const LEAST = 60;
const MOST = 1_000;
const STEP = 16;

/** The edge of a column, to be drawn with the pointer or moved with the arrow keys; twice gives the width back. */
function ResizeEdge({ field, state }: { field: FieldMeta; state: ListState }) {
  const t = useT();
  const label = useLabel();
  const start = useRef<{ x: number; width: number }>(undefined);
  const widthOf = (edge: Element) => edge.parentElement?.getBoundingClientRect().width ?? 0;
  const set = (width: number | undefined) => {
    const { [field.name]: _, ...others } = state.widths;
    const kept = width === undefined ? others : { ...others, [field.name]: Math.min(MOST, Math.max(LEAST, width)) };
    state.change({ widths: writeWidths(kept) ?? (state.view.widths === undefined ? undefined : '') }, 'replace');
  };
  const draw = (event: PointerEvent<HTMLElement>) => {
    if (start.current !== undefined) {
      set(start.current.width + event.clientX - start.current.x);
    }
  };
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={t('list.resize', { name: label(field.label, field.name) })}
      aria-valuenow={Math.round(state.widths[field.name] ?? LEAST)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      className={classes.edge}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: widthOf(event.currentTarget) };
      }}
      onPointerMove={draw}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onDoubleClick={() => set(undefined)}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? STEP : event.key === 'ArrowLeft' ? -STEP : 0;
        if (step !== 0) {
          event.preventDefault();
          event.stopPropagation();
          set(widthOf(event.currentTarget) + step);
        }
      }}
    />
  );
}

function HeaderCell({ field, state, index }: { field: FieldMeta; state: ListState; index: number }) {
  const label = useLabel();
  const level = state.sorts.findIndex((sort) => sort.field === field.name);
  const sorted = level < 0 ? 'none' : state.sorts[level]?.desc ? 'descending' : 'ascending';
  const Arrow = sorted === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus
    <div
      role="columnheader"
      aria-sort={level === 0 ? sorted : level < 0 ? 'none' : 'other'}
      aria-colindex={index + 2}
      className={classes.headerCell}
      data-end={alignsEnd(field)}
      data-frozen={index < state.frozen}
      style={{ left: frozenLeft(state, index) }}
    >
      <button
        type="button"
        title={label(field.label, field.name)}
        className={classes.headerButton}
        disabled={!sortable(field)}
        onClick={(event) => state.change({ sort: nextSort(state.sorts, field.name, event.shiftKey) })}
      >
        <FieldIcon type={field.type} />
        <span className={classes.headerText}>{label(field.label, field.name)}</span>
        {sorted !== 'none' && <Arrow size={14} aria-hidden="true" />}
        {sorted !== 'none' && state.sorts.length > 1 && <span className={classes.level}>{level + 1}</span>}
      </button>
      <ResizeEdge field={field} state={state} />
    </div>
  );
}

export function GridHeader({ state, children }: { state: ListState; children: ReactNode }) {
  return (
    <div role="rowgroup" className={classes.headerGroup}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus */}
      <div role="row" aria-rowindex={1} className={classes.headerRow}>
        {/* biome-ignore lint/a11y/useFocusableInteractive: the checkbox inside takes the focus */}
        <div role="columnheader" aria-colindex={1} className={classes.checkCell}>
          {children}
        </div>
        {state.columns.map((field, index) => (
          <HeaderCell key={field.name} field={field} state={state} index={index} />
        ))}
      </div>
    </div>
  );
}
