import { Button, FileButton, Select, TextInput } from '@mantine/core';
import { IconFileTypeCsv, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import type { Entity } from '../api/model';
import { useFormat, useLabel, useModel } from '../api/session';
import type { ImportMapping } from '../api/types';
import { useT } from '../i18n';
import classes from './import.module.css';
import { readEmpty } from './mapping';

export interface Upload {
  file: File;
  entity: Entity;
  settings: Partial<ImportMapping>;
}

interface UploadProps {
  entity: Entity | undefined;
  busy: boolean;
  onContinue: (upload: Upload) => void;
}

function FileBox({ file, onFile }: { file: File | undefined; onFile: (file: File | null) => void }) {
  const t = useT();
  const format = useFormat();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0] ?? null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first
    <div
      className={classes.dropBox}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {file === undefined ? (
        <>
          <IconUpload size={22} stroke={1.6} aria-hidden="true" />
          <span>{t('import.drop')}</span>
        </>
      ) : (
        <span className={classes.file}>
          <IconFileTypeCsv size={22} stroke={1.6} aria-hidden="true" />
          <strong>{file.name}</strong> {format.number(Math.ceil(file.size / 1024))} kB
        </span>
      )}
      <FileButton accept=".csv,.txt,.tsv,text/csv" onChange={onFile} inputProps={{ 'aria-label': t('import.file') }}>
        {(props) => <Button {...props}>{t('import.choose')}</Button>}
      </FileButton>
      <span className={classes.hint}>{t('import.hint')}</span>
    </div>
  );
}

export function UploadStep({ entity: preset, busy, onContinue }: UploadProps) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const [entity, setEntity] = useState(preset);
  const [file, setFile] = useState<File>();
  const [encoding, setEncoding] = useState<string | null>(null);
  const [empty, setEmpty] = useState('');
  const settings: Partial<ImportMapping> = {
    ...(encoding !== null && { encoding }),
    ...(empty.trim() !== '' && { empty: readEmpty(empty) }),
  };
  return (
    <form
      className={classes.upload}
      onSubmit={(event) => {
        event.preventDefault();
        if (entity !== undefined && file !== undefined) {
          onContinue({ file, entity, settings });
        }
      }}
    >
      <Select
        label={t('import.entity')}
        withAsterisk
        allowDeselect={false}
        placeholder={t('form.nothingChosen')}
        data={model.entities.map((candidate) => ({
          value: candidate.name,
          label: label(candidate.meta.pluralLabel, candidate.setName),
        }))}
        value={entity?.name ?? null}
        onChange={(name) => setEntity(model.entity(name ?? undefined))}
      />
      <FileBox file={file} onFile={(chosen) => setFile(chosen ?? undefined)} />
      <div className={classes.pair}>
        <Select
          label={t('import.encoding')}
          placeholder={t('import.encoding.auto')}
          clearable
          data={['UTF-8', 'GB18030']}
          value={encoding}
          onChange={setEncoding}
        />
        <TextInput
          label={t('import.empty')}
          placeholder={t('import.emptyHint')}
          value={empty}
          onChange={(event) => setEmpty(event.currentTarget.value)}
        />
      </div>
      <div className={classes.foot}>
        <Button type="submit" variant="filled" loading={busy} disabled={entity === undefined || file === undefined}>
          {t('import.continue')}
        </Button>
      </div>
    </form>
  );
}
