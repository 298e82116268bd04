import { Button, Select, TextInput } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { Preview } from '../api/imports';
import type { Entity } from '../api/model';
import { useLabel, useModel } from '../api/session';
import type { ColumnMapping } from '../api/types';
import { useT } from '../i18n';
import { Corrections } from './Corrections';
import classes from './import.module.css';
import {
  changeColumn,
  columnOf,
  fillText,
  fillWith,
  keyFields,
  type Mapping,
  pointAt,
  toFill,
  unfilled,
  writable,
} from './mapping';

interface MapProps {
  entity: Entity;
  preview: Preview;
  mapping: Mapping;
  busy: boolean;
  onChange: (mapping: Mapping) => void;
  onBack: () => void;
  onStart: () => void;
}

interface RowProps extends Pick<MapProps, 'entity' | 'mapping' | 'onChange'> {
  column: string;
  samples: readonly string[];
}

/** By what a lookup's value in the file is recognised. */
function MatchBy({
  entity,
  mapped,
  onChange,
}: {
  entity: Entity;
  mapped: ColumnMapping;
  onChange: (to: string) => void;
}) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const field = entity.field(mapped.field);
  const target = field === undefined ? undefined : model.target(field);
  return target === undefined ? null : (
    <Select
      aria-label={`${t('import.match')}: ${mapped.column}`}
      allowDeselect={false}
      data={keyFields(target).map((key) => ({ value: key.name, label: label(key.label, key.name) }))}
      value={mapped.match ?? target.nameField.name}
      onChange={(next) => onChange(next ?? target.nameField.name)}
    />
  );
}

function ColumnRow({ entity, mapping, onChange, column, samples }: RowProps) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const mapped = columnOf(mapping, column);
  return (
    <tr>
      <th scope="row" className={classes.columnName}>
        {column}
      </th>
      <td className={classes.samples}>{samples.join(', ')}</td>
      <td className={classes.arrow}>
        <IconArrowRight size={16} aria-hidden="true" />
      </td>
      <td>
        <Select
          aria-label={`${t('import.target')}: ${column}`}
          searchable
          clearable
          placeholder={t('import.skip')}
          data={writable(entity).map((field) => ({ value: field.name, label: label(field.label, field.name) }))}
          value={mapped?.field ?? null}
          onChange={(name) => onChange(pointAt(model, mapping, column, name === null ? undefined : entity.field(name)))}
        />
      </td>
      <td>
        {mapped !== undefined && (
          <MatchBy
            entity={entity}
            mapped={mapped}
            onChange={(match) => onChange(changeColumn(mapping, { ...mapped, match }))}
          />
        )}
      </td>
      <td>
        {mapped !== undefined && (
          <Corrections
            column={column}
            corrections={mapped.corrections ?? {}}
            onChange={(corrections) => onChange(changeColumn(mapping, { ...mapped, corrections }))}
          />
        )}
      </td>
    </tr>
  );
}

function KeyChoice({ entity, mapping, onChange }: Pick<MapProps, 'entity' | 'mapping' | 'onChange'>) {
  const t = useT();
  const label = useLabel();
  return (
    <Select
      className={classes.key ?? ''}
      label={t('import.key')}
      description={t('import.keyHint')}
      placeholder={t('import.keyNone')}
      clearable
      allowDeselect={false}
      data={keyFields(entity).map((field) => ({ value: field.name, label: label(field.label, field.name) }))}
      value={mapping.key ?? null}
      onChange={(key) => {
        const { key: _before, ...rest } = mapping;
        onChange(key === null ? rest : { ...rest, key });
      }}
    />
  );
}

/** Required fields that no column gives can be made of several columns, or be the same in every row. */
function Fills({ entity, preview, mapping, onChange }: Pick<MapProps, 'entity' | 'preview' | 'mapping' | 'onChange'>) {
  const t = useT();
  const label = useLabel();
  const example = preview.columns
    .slice(0, 2)
    .map(({ column }) => `{${column}}`)
    .join(' – ');
  return toFill(entity, mapping).map((field) => (
    <TextInput
      key={field.name}
      className={classes.key ?? ''}
      label={t('import.fill', { name: label(field.label, field.name) })}
      description={t('import.fillHint', { example })}
      value={fillText(mapping, field)}
      onChange={(event) => onChange(fillWith(mapping, field, event.currentTarget.value))}
    />
  ));
}

export function MapStep({ entity, preview, mapping, busy, onChange, onBack, onStart }: MapProps) {
  const t = useT();
  const label = useLabel();
  const missing = unfilled(entity, mapping).map((field) => label(field.label, field.name));
  return (
    <div className={classes.map}>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('import.step.map')}>
          <thead>
            <tr>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.samples')}</th>
              <th aria-hidden="true" />
              <th scope="col">{t('import.target')}</th>
              <th scope="col">{t('import.match')}</th>
              <th scope="col">{t('import.corrections')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.columns.map(({ column, samples }) => (
              <ColumnRow
                key={column}
                entity={entity}
                mapping={mapping}
                onChange={onChange}
                column={column}
                samples={samples}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Fills entity={entity} preview={preview} mapping={mapping} onChange={onChange} />
      <KeyChoice entity={entity} mapping={mapping} onChange={onChange} />
      {missing.length > 0 && (
        <p className={classes.warning}>{t('import.needRequired', { names: missing.join(', ') })}</p>
      )}
      <div className={classes.foot}>
        <Button onClick={onBack}>{t('action.back')}</Button>
        <Button variant="filled" loading={busy} disabled={mapping.columns.length === 0} onClick={onStart}>
          {t('import.run')}
        </Button>
      </div>
    </div>
  );
}
