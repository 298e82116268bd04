import { Checkbox } from '@mantine/core';
import type { MouseEvent } from 'react';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import type { FieldMeta, RecordData } from '../api/types';
import { useT } from '../i18n';
import { cellKey } from './cells';
import type { ColumnsState } from './columns';
import { GridCell } from './GridCell';
import classes from './list.module.css';
import { type Cells, columnAt } from './useCells';

interface RowProps {
  entity: Entity;
  record: RecordData;
  state: ColumnsState;
  cells: Cells;
  index: number;
  top: number;
  current: boolean;
  peeked: boolean;
  selected: boolean;
  onSelect: (on: boolean, extend: boolean) => void;
  /** Told which cell has the focus, or that the row itself has it. */
  onFocus: (column: number) => void;
  onClick: (event: MouseEvent<HTMLElement>) => void;
}

export function GridRow(props: RowProps) {
  const { entity, record, state, cells, index } = props;
  const t = useT();
  const name = recordName(entity, record);
  const isEdited = (field: FieldMeta) => cells.edited?.id === record.id && cells.edited.field === field.name;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Space previews the row with the focus
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      tabIndex={props.current ? 0 : -1}
      data-row={index}
      data-peeked={props.peeked}
      data-editing={cells.edited?.id === record.id}
      className={classes.row}
      style={{ transform: `translateY(${props.top}px)` }}
      onFocus={(event) => props.onFocus(columnAt(event.target))}
      onClick={props.onClick}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the click is only kept from the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the roving focus */}
      <div role="gridcell" aria-colindex={1} className={classes.checkCell} onClick={(event) => event.stopPropagation()}>
        <Checkbox
          tabIndex={-1}
          aria-label={t('list.selectRow', { name })}
          checked={props.selected}
          onChange={(event) =>
            props.onSelect(event.currentTarget.checked, (event.nativeEvent as globalThis.MouseEvent).shiftKey === true)
          }
        />
      </div>
      {state.columns.map((field, column) => (
        <GridCell
          key={field.name}
          entity={entity}
          record={record}
          field={field}
          state={state}
          column={column}
          editable={cells.editable(field, record)}
          editing={isEdited(field)}
          mark={cells.marks.get(cellKey(record.id, field))}
          onSave={(changed, value, text) => cells.save(record, changed, value, text)}
          onDone={(changed, how) => cells.done(record, changed, how)}
        />
      ))}
    </div>
  );
}
