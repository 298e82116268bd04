import { IconAlertCircle } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import type { FieldMeta, RecordData, Value } from '../api/types';
import type { Leaving } from '../form/InlineEditor';
import { FieldValue } from '../ui/FieldValue';
import { cellKey, type Mark } from './cells';
import { alignsEnd, type ColumnsState, frozenLeft } from './columns';
import classes from './list.module.css';

const InlineEditor = lazy(() => import('../form/InlineEditor'));

interface CellProps {
  entity: Entity;
  record: RecordData;
  field: FieldMeta;
  state: ColumnsState;
  column: number;
  /** The field as it can be changed here; none where it cannot. */
  editable: FieldMeta | undefined;
  editing: boolean;
  mark: Mark | undefined;
  onSave: (field: FieldMeta, value: Value, text: string) => void;
  onDone: (field: FieldMeta, how: Leaving) => void;
}

function Shown({ entity, record, field, column }: CellProps) {
  return column === 0 ? (
    <Link
      to={`/${entity.setName}/${record.id}`}
      tabIndex={-1}
      dir="auto"
      className={classes.nameLink}
      onClick={(event) => event.stopPropagation()}
    >
      {recordName(entity, record)}
    </Link>
  ) : (
    <FieldValue field={field} record={record} place="cell" stage={field.name === entity.stageField()?.name} />
  );
}

/** A value in the list; it is changed in its place. */
export function GridCell(props: CellProps) {
  const { record, field, state, column, editable, mark } = props;
  const refused = mark?.state === 'refused' ? mark : undefined;
  const note = `refused ${cellKey(record.id, field)}`.replaceAll(' ', '-');
  const shown = (
    <>
      <Shown {...props} />
      {refused !== undefined && (
        <span id={note} className={classes.refusedNote} title={refused.reason}>
          <IconAlertCircle size={15} aria-hidden="true" />
          <span className="rl-visually-hidden">{refused.reason}</span>
        </span>
      )}
    </>
  );
  return (
    <div
      role="gridcell"
      aria-colindex={column + 2}
      aria-readonly={editable === undefined}
      aria-invalid={refused !== undefined}
      aria-describedby={refused === undefined ? undefined : note}
      tabIndex={-1}
      data-column={column}
      className={classes.cell}
      data-end={alignsEnd(field)}
      data-frozen={column < state.frozen}
      data-editing={props.editing}
      data-mark={mark?.state}
      style={{ left: frozenLeft(state, column) }}
    >
      {props.editing && editable !== undefined ? (
        <Suspense fallback={shown}>
          <InlineEditor
            tabs
            className={classes.cellEditor}
            field={editable}
            record={record}
            refused={refused}
            save={(value, text) => props.onSave(field, value, text)}
            onDone={(how) => props.onDone(field, how)}
          />
        </Suspense>
      ) : (
        shown
      )}
    </div>
  );
}
