import { type MouseEvent, type RefObject, useRef, useState } from 'react';
import type { Entity } from '../api/model';
import type { FieldMeta, RecordData } from '../api/types';
import type { Leaving } from '../form/InlineEditor';
import { type CellSaving, useCellSaving, useEditable } from './cells';
import type { ListState } from './listState';

/** The row itself has the focus, not one of its cells. */
export const ROW = -1;

interface Edited {
  id: string;
  field: string;
}

export interface Cells extends Pick<CellSaving, 'marks' | 'save'> {
  edited: Edited | undefined;
  editable: ReturnType<typeof useEditable>;
  /** Opens the editor where there is one; tells whether. */
  edit: (record: RecordData | undefined, column: number) => boolean;
  done: (record: RecordData, field: FieldMeta, how: Leaving) => void;
  onClick: (event: MouseEvent<HTMLElement>, record: RecordData) => void;
}

interface Around {
  entity: Entity;
  state: ListState;
  records: readonly RecordData[];
  /** Puts the focus on a cell, or on the row. */
  focus: (row: number, column: number) => void;
  scroller: RefObject<HTMLElement | null>;
}

export function columnAt(target: EventTarget): number {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
  return cell === null ? ROW : Number(cell.dataset.column);
}

/** Which value is being changed, and how one comes to the next: by Tab, by a double click, back to one that was refused. */
export function useCells({ entity, state, records, focus, scroller }: Around): Cells {
  const [edited, setEdited] = useState<Edited>();
  const now = useRef<Edited>(undefined);
  const open = (next: Edited | undefined) => {
    now.current = next;
    setEdited(next);
  };
  const editable = useEditable(entity);
  const { marks, save, forget } = useCellSaving(entity, (record, field) => {
    // Whoever is busy with another value is not torn away; the cell keeps the reason.
    const busy = document.activeElement?.matches('input, textarea, [contenteditable=true]') === true;
    const inGrid =
      scroller.current?.contains(document.activeElement) === true || document.activeElement === document.body;
    if (now.current === undefined && !busy && inGrid) {
      open({ id: record.id, field: field.name });
    }
  });

  const edit = (record: RecordData | undefined, column: number): boolean => {
    const field = state.columns[column];
    if (record === undefined || field === undefined || editable(field, record) === undefined) {
      return false;
    }
    open({ id: record.id, field: field.name });
    return true;
  };

  /** The next cell that can be changed, row after row; the focus stays where there is none. */
  const editBeside = (row: number, column: number, by: 1 | -1) => {
    const width = state.columns.length;
    for (let at = row * width + column + by; at >= 0 && at < records.length * width; at += by) {
      const [toRow, toColumn] = [Math.floor(at / width), at % width];
      if (edit(records[toRow], toColumn)) {
        return;
      }
    }
    open(undefined);
    focus(row, column);
  };

  const done = (record: RecordData, field: FieldMeta, how: Leaving) => {
    const row = records.findIndex((one) => one.id === record.id);
    const column = state.columns.indexOf(field);
    forget(record, field);
    if (how === 'next' || how === 'previous') {
      editBeside(row, column, how === 'next' ? 1 : -1);
      return;
    }
    if (now.current?.id === record.id && now.current.field === field.name) {
      open(undefined);
    }
    if (how !== 'away') {
      focus(row, column);
    }
  };

  const pressed = useRef<{ record: RecordData; column: number; peek: string | undefined }>(undefined);
  const onClick = (event: MouseEvent<HTMLElement>, record: RecordData) => {
    if (event.target instanceof Element && event.target.closest('[data-editing=true][data-column]') !== null) {
      return;
    }
    if (event.detail > 1 && pressed.current !== undefined) {
      // The first click of the two opened the preview, and so moved the columns: the cell meant is the one it hit.
      const { record: meant, column, peek } = pressed.current;
      if (edit(meant, column)) {
        state.change({ peek }, 'replace');
      }
      return;
    }
    pressed.current = { record, column: columnAt(event.target), peek: state.peek };
    state.change({ peek: record.id === state.peek ? undefined : record.id });
  };

  return { marks, save, edited, editable, edit, done, onClick };
}
