import { ActionIcon, NativeSelect, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Entity } from '../api/model';
import { useLabel, useModel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { ExpressionInput } from '../designer/ExpressionInput';
import { FieldInput } from '../form/FieldInput';
import { useT } from '../i18n';
import classes from './automation.module.css';
import { linksFor, newSetting, type Setting, type Source, settable } from './draft';
import type { Errors } from './places';

interface SettingsProps {
  /** Whose fields are set. */
  entity: Entity;
  /** The record that the automation runs on, of which formulas speak. */
  on: Entity;
  /** Whether lookups can point to that record. */
  linked?: boolean;
  settings: readonly Setting[];
  path: string;
  errors: Errors;
  onChange: (settings: readonly Setting[]) => void;
}

const NO_FORMULA: readonly string[] = ['lookup', 'user', 'multiPicklist', 'tags', 'address', 'geo', 'json', 'duration'];

/** From where a field's value can come. */
function sourcesOf(field: FieldMeta, links: readonly string[]): Source[] {
  return [
    'value',
    ...(NO_FORMULA.includes(field.type) ? [] : (['formula'] as const)),
    ...(links.length > 0 ? (['record'] as const) : []),
  ];
}

interface RowProps extends Pick<SettingsProps, 'on' | 'errors' | 'path'> {
  field: FieldMeta;
  setting: Setting;
  links: readonly string[];
  onChange: (setting: Setting) => void;
  onRemove: () => void;
}

function Linked({ field, setting, links, on, error, onChange }: RowProps & { error: string | undefined }) {
  const t = useT();
  const label = useLabel();
  return (
    <NativeSelect
      label={label(field.label, field.name)}
      error={error}
      value={setting.text}
      data={links.map((link) => ({
        value: link,
        label: link === 'id' ? t('automation.theRecord') : label(on.fieldByProperty(link)?.label, link),
      }))}
      onChange={(event) => onChange({ ...setting, text: event.currentTarget.value })}
    />
  );
}

function Without({ name, onRemove }: { name: string; onRemove: () => void }) {
  const t = useT();
  return (
    <ActionIcon
      className={classes.settingRemove ?? ''}
      aria-label={t('automation.without', { name })}
      onClick={onRemove}
    >
      <IconX size={16} stroke={1.6} />
    </ActionIcon>
  );
}

/** One field, and from where its value comes. */
function Row(props: RowProps) {
  const { field, setting, links, on, path, errors, onChange, onRemove } = props;
  const t = useT();
  const label = useLabel();
  const name = label(field.label, field.name);
  const sources = sourcesOf(field, links);
  const error = ['values', 'formulas', 'links']
    .map((kind) => errors[`${path}.${kind}.${field.property}`])
    .find(Boolean);
  const start: Record<Source, string> = { value: newSetting(field).text, formula: '', record: links[0] ?? '' };
  return (
    <li className={classes.setting}>
      <div className={classes.settingValue}>
        {setting.from === 'value' && (
          <FieldInput
            field={field}
            value={setting.text}
            error={error}
            onChange={(text) => onChange({ ...setting, text })}
          />
        )}
        {setting.from === 'formula' && (
          <ExpressionInput
            entity={on}
            kind="formula"
            label={name}
            value={setting.text}
            error={error}
            scale={field.scale}
            onChange={(text) => onChange({ ...setting, text })}
          />
        )}
        {setting.from === 'record' && <Linked {...props} error={error} />}
      </div>
      {sources.length > 1 && (
        <NativeSelect
          className={classes.source ?? ''}
          label={t('automation.source')}
          aria-label={`${t('automation.source')}: ${name}`}
          value={setting.from}
          data={sources.map((source) => ({ value: source, label: t(`automation.source.${source}`) }))}
          onChange={(event) => {
            const from = event.currentTarget.value as Source;
            onChange({ ...setting, from, text: start[from] });
          }}
        />
      )}
      <Without name={name} onRemove={onRemove} />
    </li>
  );
}

/** What fields are set to, each in the input of its type. */
export function Settings({ entity, on, linked = false, settings, path, errors, onChange }: SettingsProps) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const linksOf = (field: FieldMeta) => (linked && field.type === 'lookup' ? linksFor(model, field, on) : []);
  const free = settable(entity).filter((field) => settings.every((one) => one.property !== field.property));
  const add = (property: string | null) => {
    const field = free.find((one) => one.property === property);
    if (field !== undefined) {
      const [link] = linksOf(field);
      onChange([...settings, link === undefined ? newSetting(field) : newSetting(field, 'record', link)]);
    }
  };
  return (
    <>
      {settings.length > 0 && (
        <ul className={classes.settings} aria-label={t('automation.settings')}>
          {settings.map((setting) => {
            const field = entity.fieldByProperty(setting.property);
            const remove = () => onChange(settings.filter((one) => one !== setting));
            return field === undefined ? (
              <li key={setting.key} className={classes.setting}>
                <code className={classes.settingValue}>{setting.property}</code>
                <Without name={setting.property} onRemove={remove} />
              </li>
            ) : (
              <Row
                key={setting.key}
                on={on}
                path={path}
                errors={errors}
                field={field}
                setting={setting}
                links={linksOf(field)}
                onChange={(next) => onChange(settings.map((one) => (one === setting ? next : one)))}
                onRemove={remove}
              />
            );
          })}
        </ul>
      )}
      {free.length > 0 && (
        <Select
          label={t('automation.addField')}
          placeholder={t('filter.chooseField')}
          searchable
          data={free.map((field) => ({ value: field.property, label: label(field.label, field.name) }))}
          value={null}
          onChange={add}
        />
      )}
    </>
  );
}
