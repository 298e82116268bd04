import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLabel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { FieldIcon } from '../ui/icons';
import { alignsEnd } from './columns';
import classes from './list.module.css';
import { type ListState, nextSort } from './listState';
import { sortable } from './SortMenu';

function HeaderCell({ field, state, index }: { field: FieldMeta; state: ListState; index: number }) {
  const label = useLabel();
  const [first] = state.sorts;
  const sorted = first?.field === field.name ? (first.desc ? 'descending' : 'ascending') : 'none';
  const Arrow = sorted === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus
    <div
      role="columnheader"
      aria-sort={sorted}
      aria-colindex={index + 2}
      className={classes.headerCell}
      data-end={alignsEnd(field)}
      data-frozen={index === 0}
    >
      <button
        type="button"
        title={label(field.label, field.name)}
        className={classes.headerButton}
        disabled={!sortable(field)}
        onClick={() => state.change({ sort: nextSort(state.sorts, field.name) })}
      >
        <FieldIcon type={field.type} />
        <span className={classes.headerText}>{label(field.label, field.name)}</span>
        {sorted !== 'none' && <Arrow size={14} aria-hidden="true" />}
      </button>
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
