import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isLong } from '../api/odata';
import { useFormat } from '../api/session';
import type { FieldMeta, RecordData, Value } from '../api/types';
import { useT } from '../i18n';
import { useProblemText } from '../ui/useProblemText';
import { parseField, toText } from './codec';
import { FieldInput } from './FieldInput';

/** How an editor was left: with its value, without, to one of its neighbours, or for something else on the page. */
export type Leaving = 'saved' | 'escape' | 'next' | 'previous' | 'away';

interface InlineEditorProps {
  field: FieldMeta;
  record: RecordData;
  /** What was typed before and refused, with the reason. */
  refused?: { text: string; reason: string } | undefined;
  /** Whether Tab saves and goes on to the next value, as in a grid; otherwise it leaves as everywhere. */
  tabs?: boolean;
  className?: string | undefined;
  /** What it throws is shown at the value. */
  save: (value: Value, text: string) => unknown;
  onDone: (how: Leaving) => void;
}

/** Choosing is saving for these, leaving without a choice changes nothing; for the rest leaving or Enter saves. */
const CHOSEN: ReadonlySet<string> = new Set(['picklist', 'currency', 'lookup', 'user', 'boolean', 'rating']);

const FLOATING = '.mantine-Popover-dropdown, .mantine-Combobox-dropdown';

/** One value in the place where it is read. */
export default function InlineEditor(props: InlineEditorProps) {
  const { field, record, refused, onDone } = props;
  const t = useT();
  const format = useFormat();
  const problemText = useProblemText();
  const start = toText(field, record[field.property], format.timeZone);
  const [text, setText] = useState(refused?.text ?? start);
  const [error, setError] = useState(refused?.reason);
  const busy = useRef(false);
  const box = useRef<HTMLDivElement>(null);
  const chosen = CHOSEN.has(field.type);
  const { tabs } = props;
  useEffect(() => {
    const input = box.current?.querySelector<HTMLElement>('input, textarea, [contenteditable]');
    input?.focus();
    // In a grid what is typed first takes the place of what stood there.
    if (tabs === true && input instanceof HTMLInputElement) {
      input.select();
    }
  }, [tabs]);

  const submit = async (next: string, how: Leaving) => {
    if (busy.current) {
      return;
    }
    if (next === start) {
      onDone(how);
      return;
    }
    const parsed = parseField(field, next, format.timeZone);
    if ('error' in parsed) {
      setError(t(parsed.error.key, parsed.error.params));
      return;
    }
    busy.current = true;
    try {
      await props.save(parsed.value, next);
      onDone(how);
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
      event.nativeEvent.stopImmediatePropagation();
      onDone('escape');
    } else if (event.key === 'Enter' && !chosen && (!isLong(field.type) || event.ctrlKey)) {
      event.preventDefault();
      void submit(text, 'saved');
    } else if (event.key === 'Tab' && tabs === true) {
      event.preventDefault();
      void submit(text, event.shiftKey ? 'previous' : 'next');
    }
  };

  const onBlur = (event: FocusEvent) => {
    const to = event.relatedTarget;
    const inside = to instanceof Element && (box.current?.contains(to) || to.closest(FLOATING) !== null);
    if (!inside && chosen && !busy.current) {
      onDone('away');
    } else if (!inside && !chosen) {
      void submit(text, 'away');
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the input inside is what is used; this only hears its keys
    <div ref={box} className={props.className} onKeyDown={onKeyDown} onBlur={onBlur}>
      <FieldInput
        bare
        field={field}
        beside={(name) => record[name]}
        value={text}
        error={error}
        onChange={(next) => {
          setText(next);
          setError(undefined);
          if (chosen) {
            void submit(next, 'saved');
          }
        }}
      />
    </div>
  );
}
