import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Entity } from '../api/model';
import { isLong } from '../api/odata';
import { useFormat, useLabel } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { parseField, toText } from '../form/codec';
import { FieldInput } from '../form/FieldInput';
import { useT } from '../i18n';
import { FieldValue } from '../ui/FieldValue';
import { useProblemText } from '../ui/useProblemText';
import classes from './record.module.css';
import type { Save } from './useSave';

interface RowProps {
  entity: Entity;
  field: FieldMeta;
  record: RecordData;
  save: Save;
}

/** Choosing is saving for these, leaving without a choice changes nothing; for the rest leaving or Enter saves. */
const CHOSEN: ReadonlySet<string> = new Set(['picklist', 'currency', 'lookup', 'user', 'boolean', 'rating']);

function Editor({ field, record, save, onDone }: RowProps & { onDone: () => void }) {
  const t = useT();
  const format = useFormat();
  const problemText = useProblemText();
  const start = toText(field, record[field.property], format.timeZone);
  const [text, setText] = useState(start);
  const [error, setError] = useState<string>();
  const busy = useRef(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>('input, textarea, [contenteditable]')?.focus(), []);

  const submit = async (next: string) => {
    if (busy.current) {
      return;
    }
    if (next === start) {
      onDone();
      return;
    }
    const parsed = parseField(field, next, format.timeZone);
    if ('error' in parsed) {
      setError(t(parsed.error.key, parsed.error.params));
      return;
    }
    busy.current = true;
    try {
      await save({ [field.property]: parsed.value });
      onDone();
    } catch (failure) {
      setError(problemText(failure));
    } finally {
      busy.current = false;
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      onDone();
    } else if (event.key === 'Enter' && !CHOSEN.has(field.type) && (!isLong(field.type) || event.ctrlKey)) {
      event.preventDefault();
      void submit(text);
    }
  };

  const onBlur = (event: FocusEvent) => {
    const to = event.relatedTarget;
    const inside =
      to instanceof Element &&
      (box.current?.contains(to) || to.closest('.mantine-Popover-dropdown, .mantine-Combobox-dropdown') !== null);
    if (!inside && CHOSEN.has(field.type) && !busy.current) {
      onDone();
    } else if (!inside && !CHOSEN.has(field.type)) {
      void submit(text);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the input inside is what is used; this only hears its keys
    <div ref={box} className={classes.editor} onKeyDown={onKeyDown} onBlur={onBlur}>
      <FieldInput
        bare
        field={field}
        beside={(name) => record[name]}
        value={text}
        error={error}
        onChange={(next) => {
          setText(next);
          setError(undefined);
          if (CHOSEN.has(field.type)) {
            void submit(next);
          }
        }}
      />
    </div>
  );
}

/** A field for reading whose whole row is the way to edit it. */
export function FieldRow(props: RowProps) {
  const { entity, field, record } = props;
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
          <Editor {...props} onDone={done} />
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
