import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Entity } from '../api/model';
import { isLong } from '../api/odata';
import { useLabel } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import InlineEditor from '../form/InlineEditor';
import { useT } from '../i18n';
import { FieldValue } from '../ui/FieldValue';
import classes from './record.module.css';
import type { Save } from './useSave';

interface RowProps {
  entity: Entity;
  field: FieldMeta;
  record: RecordData;
  save: Save;
}

/** A field for reading whose whole row is the way to edit it. */
export function FieldRow(props: RowProps) {
  const { entity, field, record, save } = props;
  const t = useT();
  const label = useLabel();
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const name = label(field.label, field.name);
  const editable = !field.readOnly;
  const done = () => {
    setEditing(false);
    requestAnimationFrame(() => button.current?.focus({ preventScroll: true }));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the button inside
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button inside serves the keyboard
    <div
      className={classes.fieldRow}
      data-wide={isLong(field.type)}
      data-editable={editable && !editing}
      onClick={(event) => {
        const onLink = event.target instanceof Element && event.target.closest('a, button, input') !== null;
        if (editable && !onLink && window.getSelection()?.isCollapsed !== false) {
          setEditing(true);
        }
      }}
    >
      <dt>{name}</dt>
      <dd>
        {editing ? (
          <InlineEditor
            field={field}
            record={record}
            className={classes.editor}
            save={(value) => save({ [field.property]: value })}
            onDone={done}
          />
        ) : (
          <>
            <span className={classes.fieldValue}>
              <FieldValue field={field} record={record} stage={field.name === entity.stageField()?.name} />
            </span>
            {editable && (
              <ActionIcon
                ref={button}
                size={24}
                className={classes.pencil ?? ''}
                aria-label={t('record.editField', { name })}
                onClick={() => setEditing(true)}
              >
                <IconPencil size={14} />
              </ActionIcon>
            )}
          </>
        )}
      </dd>
    </div>
  );
}
