import { ActionIcon, Button, Progress } from '@mantine/core';
import { IconUpload, IconX } from '@tabler/icons-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { type FileValue, sendFile } from '../../api/files';
import { useT } from '../../i18n';
import { FileLink } from '../../ui/FileLink';
import { useProblemText } from '../../ui/useProblemText';
import classes from '../form.module.css';
import { type InputProps, useCommon } from './common';

const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

function fileOf(text: string): FileValue | undefined {
  return text === '' ? undefined : (JSON.parse(text) as FileValue);
}

/** A file: chosen, or dropped here. It is sent at once; the record takes it when it is saved. */
export function FileInput(props: InputProps) {
  const { label, 'aria-label': hidden, description, error, id } = useCommon(props);
  const { field, onChange } = props;
  const t = useT();
  const problemText = useProblemText();
  const chooser = useRef<HTMLInputElement>(null);
  const sending = useRef<AbortController>(undefined);
  const [part, setPart] = useState<number>();
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState<string>();
  useEffect(() => () => sending.current?.abort(), []);
  const file = fileOf(props.value);
  const accept = field.accept ?? (field.type === 'image' ? IMAGES : []);

  const send = async (chosen: File | undefined) => {
    if (chosen === undefined) {
      return;
    }
    if (field.maxMegabytes !== undefined && chosen.size > field.maxMegabytes * 1024 * 1024) {
      setWrong(t('form.error.fileTooLarge', { count: field.maxMegabytes }));
      return;
    }
    const controller = new AbortController();
    sending.current = controller;
    setWrong(undefined);
    setPart(0);
    try {
      onChange(JSON.stringify(await sendFile(chosen, crypto.randomUUID(), setPart, controller.signal)));
    } catch (failure) {
      if (!controller.signal.aborted) {
        setWrong(problemText(failure));
      }
    } finally {
      setPart(undefined);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };
  const name = label ?? hidden;
  return (
    <fieldset
      className={classes.drop}
      aria-label={hidden}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {label !== undefined && <legend>{label}</legend>}
      {description !== undefined && <p className={classes.hint}>{description}</p>}
      {file !== undefined && (
        <div className={classes.dropped}>
          <FileLink file={file} place="full" />
          <ActionIcon aria-label={t('form.fileRemove')} onClick={() => onChange('')}>
            <IconX size={16} />
          </ActionIcon>
        </div>
      )}
      <input
        ref={chooser}
        id={id}
        type="file"
        className="rl-visually-hidden"
        tabIndex={-1}
        aria-label={name}
        accept={accept.join(',')}
        onChange={(event) => {
          void send(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {part === undefined ? (
        <Button leftSection={<IconUpload size={16} aria-hidden="true" />} onClick={() => chooser.current?.click()}>
          {t(file === undefined ? 'form.fileChoose' : 'form.fileReplace')}
        </Button>
      ) : (
        <div className={classes.dropped}>
          <Progress className={classes.progress ?? ''} value={part * 100} aria-label={t('form.fileSending')} />
          <Button onClick={() => sending.current?.abort()}>{t('action.cancel')}</Button>
        </div>
      )}
      {(wrong ?? error) !== undefined && (
        <p className={classes.wrong} role="alert">
          {wrong ?? error}
        </p>
      )}
    </fieldset>
  );
}
