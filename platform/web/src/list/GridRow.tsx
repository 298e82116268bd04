import { Checkbox } from '@mantine/core';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import type { RecordData } from '../api/types';
import { useT } from '../i18n';
import { FieldValue } from '../ui/FieldValue';
import { alignsEnd, type ColumnsState, frozenLeft } from './columns';
import classes from './list.module.css';

interface RowProps {
  entity: Entity;
  record: RecordData;
  state: ColumnsState;
  index: number;
  top: number;
  current: boolean;
  peeked: boolean;
  selected: boolean;
  onSelect: (on: boolean, extend: boolean) => void;
  onFocus: () => void;
  onPeek: () => void;
}

export function GridRow(props: RowProps) {
  const { entity, record, state, index } = props;
  const t = useT();
  const name = recordName(entity, record);
  const stage = entity.stageField()?.name;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Space previews the row with the focus
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      tabIndex={props.current ? 0 : -1}
      data-row={index}
      data-peeked={props.peeked}
      className={classes.row}
      style={{ transform: `translateY(${props.top}px)` }}
      onFocus={props.onFocus}
      onClick={props.onPeek}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the click is only kept from the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the roving focus */}
      <div role="gridcell" aria-colindex={1} className={classes.checkCell} onClick={(event) => event.stopPropagation()}>
        <Checkbox
          tabIndex={-1}
          aria-label={t('list.selectRow', { name })}
          checked={props.selected}
          onChange={(event) =>
            props.onSelect(event.currentTarget.checked, (event.nativeEvent as MouseEvent).shiftKey === true)
          }
        />
      </div>
      {state.columns.map((field, column) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the row has the roving focus
        <div
          key={field.name}
          role="gridcell"
          aria-colindex={column + 2}
          className={classes.cell}
          data-end={alignsEnd(field)}
          data-frozen={column < state.frozen}
          style={{ left: frozenLeft(state, column) }}
        >
          {column === 0 ? (
            <Link
              to={`/${entity.setName}/${record.id}`}
              tabIndex={-1}
              dir="auto"
              className={classes.nameLink}
              onClick={(event) => event.stopPropagation()}
            >
              {name}
            </Link>
          ) : (
            <FieldValue field={field} record={record} place="cell" stage={field.name === stage} />
          )}
        </div>
      ))}
    </div>
  );
}
