import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Entity } from '../api/model';
import { useLabel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { useDensity } from '../shell/density';
import { useKeys } from '../shell/keys';
import { gridTemplate, leastWidth } from './columns';
import { GridFooter } from './GridFooter';
import { GridHeader } from './GridHeader';
import { GridRow } from './GridRow';
import { GroupRow } from './GroupRow';
import { useLines } from './groups';
import classes from './list.module.css';
import type { ListState } from './listState';
import { SelectionBar } from './SelectionBar';
import { type Cells, ROW, useCells } from './useCells';
import type { useRows } from './useRows';
import { useScrollMemory } from './useScrollMemory';
import type { Selection } from './useSelection';

const HEIGHT = { comfortable: 36, compact: 32 };
const AHEAD = 20;

export interface GridProps {
  entity: Entity;
  state: ListState;
  rows: ReturnType<typeof useRows>;
  sumField: FieldMeta | undefined;
  sum: number | undefined;
  selection: Selection;
}

interface Moves {
  current: number;
  column: number;
  cells: Cells;
  move: (row: number, column: number) => void;
}

/** Keys of the list: rows and cells, open, change, preview, select. */
function useGridKeys({ entity, state, rows, selection }: GridProps, { current, column, cells, move }: Moves): void {
  const navigate = useNavigate();
  const record = rows.records[current];
  const step = (by: number, extend: boolean) => {
    const to = Math.min(rows.records.length - 1, Math.max(0, current + by));
    if (extend) {
      selection.toggleTo(current, to, true);
    }
    move(to, column);
    const next = rows.records[to];
    if (state.peek !== undefined && next !== undefined) {
      state.change({ peek: next.id }, 'replace');
    }
  };
  const open = (edit: boolean) => {
    if (record !== undefined) {
      navigate(`/${entity.setName}/${record.id}${edit ? '?edit=1' : ''}`);
    }
  };
  const across = (by: number) => {
    if (current >= 0) {
      move(current, Math.min(state.columns.length - 1, Math.max(ROW, column + by)));
    }
  };
  useKeys({
    j: (event) => step(1, event.shiftKey),
    k: (event) => step(-1, event.shiftKey),
    ArrowDown: (event) => step(1, event.shiftKey),
    ArrowUp: (event) => step(-1, event.shiftKey),
    ArrowRight: () => across(1),
    ArrowLeft: () => across(-1),
    Home: () => move(0, column),
    End: () => move(rows.records.length - 1, column),
    // The name leads to its record; F2 changes it too.
    Enter: () => (column > 0 && cells.edit(record, column) ? undefined : open(false)),
    F2: () => void cells.edit(record, Math.max(0, column)),
    e: () => open(true),
    x: () => record !== undefined && selection.toggle(record.id, !selection.ids.has(record.id)),
    ' ': () => record !== undefined && state.change({ peek: state.peek === record.id ? undefined : record.id }),
    Escape: () => (state.peek === undefined ? selection.clear() : state.change({ peek: undefined })),
  });
}

export function Grid(props: GridProps) {
  const { entity, state, rows, selection } = props;
  const { records, hasNextPage, isFetchingNextPage, fetchNextPage } = rows;
  const t = useT();
  const label = useLabel();
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(-1);
  const [column, setColumn] = useState(ROW);
  const lines = useLines(entity, state, records, props.sumField);
  const initialOffset = useScrollMemory(scroller);
  const density = useDensity();
  const row = HEIGHT[density];
  const virtual = useVirtualizer({
    initialOffset,
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => row,
    overscan: 12,
    scrollPaddingStart: row,
    scrollPaddingEnd: row,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured again
  useEffect(() => virtual.measure(), [row]);
  const move = (to: number, toColumn: number) => {
    setCurrent(to);
    setColumn(toColumn);
    virtual.scrollToIndex(lines.findIndex((line) => line.kind === 'row' && line.index === to));
    const cell = toColumn === ROW ? '' : ` [data-column="${toColumn}"]`;
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${to}"]${cell}`)?.focus());
  };
  const cells = useCells({ entity, state, records, focus: move, scroller });
  useGridKeys(props, { current, column, cells, move });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= lines.length - AHEAD) {
      void fetchNextPage();
    }
  }, [lastShown, lines.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className={classes.scroller} ref={scroller} data-refreshing={rows.isPlaceholderData}>
      <div className={classes.canvas} style={{ minWidth: leastWidth(state) }}>
        <div
          role="grid"
          aria-label={label(entity.meta.pluralLabel, entity.setName)}
          aria-rowcount={rows.count ?? -1}
          aria-colcount={state.columns.length + 1}
          aria-multiselectable="true"
          className={classes.grid}
          style={{ '--columns': gridTemplate(state), '--rl-row': `${row}px` } as CSSProperties}
        >
          <GridHeader state={state}>
            <Checkbox
              aria-label={t('list.selectAll')}
              checked={selection.all}
              indeterminate={selection.chosen.length > 0 && !selection.all}
              onChange={(event) => selection.toggleAll(event.currentTarget.checked)}
            />
          </GridHeader>
          <div role="rowgroup" className={classes.rowgroup} style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const line = lines[item.index];
              if (line?.kind === 'group' && state.group !== undefined) {
                return (
                  <GroupRow
                    key={`group ${item.index}`}
                    entity={entity}
                    group={state.group}
                    line={line}
                    sumField={props.sumField}
                    top={item.start}
                    columns={state.columns.length}
                  />
                );
              }
              const index = line?.kind === 'row' ? line.index : -1;
              const record = records[index];
              return record === undefined ? null : (
                <GridRow
                  key={record.id}
                  entity={entity}
                  record={record}
                  state={state}
                  index={index}
                  top={item.start}
                  current={index === current || (current === -1 && index === 0)}
                  peeked={record.id === state.peek}
                  selected={selection.ids.has(record.id)}
                  onSelect={(on, extend) =>
                    extend && current >= 0 ? selection.toggleTo(current, index, on) : selection.toggle(record.id, on)
                  }
                  cells={cells}
                  onFocus={(at) => {
                    setCurrent(index);
                    setColumn(at);
                  }}
                  onClick={(event) => cells.onClick(event, record)}
                />
              );
            })}
          </div>
          {isFetchingNextPage && (
            <div className={classes.more} role="status">
              {t('list.loadingMore')}
            </div>
          )}
        </div>
        {selection.chosen.length > 0 && (
          <SelectionBar entity={entity} state={state} count={rows.count} selection={selection} />
        )}
        <GridFooter {...props} />
      </div>
    </div>
  );
}
