import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { Entity } from '../api/model';
import { useLabel, useModel } from '../api/session';
import type { DeleteBehaviour } from '../api/types';
import { useT } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import classes from './designer.module.css';
import { ExpressionInput } from './ExpressionInput';
import { type DraftType, type FieldDraft, hasBounds, hasLength, hasScale } from './fieldForm';
import type { SetDraft } from './OptionsEditor';
import { RollUpSettings } from './RollUpSettings';

const TYPES: readonly DraftType[] = [
  'text',
  'longText',
  'richText',
  'autoNumber',
  'email',
  'phone',
  'url',
  'picklist',
  'multiPicklist',
  'tags',
  'integer',
  'decimal',
  'money',
  'currency',
  'percent',
  'rating',
  'boolean',
  'date',
  'datetime',
  'time',
  'duration',
  'lookup',
  'user',
  'formula',
  'rollUp',
  'address',
  'geo',
  'file',
  'image',
  'json',
  'encryptedText',
];

/** Computed is computed: no other type becomes it or comes of it. */
const isFixed = (type: DraftType) => type === 'formula' || type === 'rollUp' || type === 'lookup';

interface SettingsProps {
  entity: Entity;
  draft: FieldDraft;
  set: SetDraft;
  isNew: boolean;
}

function LookupSettings({ draft, set, isNew }: SettingsProps) {
  const t = useT();
  const label = useLabel();
  const { entities } = useModel();
  // One that points to records of a single entity stays so; another target can join several.
  const several = isNew || draft.targets.length > 1;
  const toggle = (name: string, on: boolean) =>
    set({ targets: on ? [...draft.targets, name] : draft.targets.filter((one) => one !== name) });
  return (
    <>
      <fieldset className={classes.options}>
        <legend>{t('design.target')}</legend>
        <p className={classes.counts}>{t('design.targetsHint')}</p>
        <div className={classes.under}>
          {entities.map((entity) => (
            <Checkbox
              key={entity.name}
              label={label(entity.meta.label, entity.name)}
              checked={draft.targets.includes(entity.name)}
              disabled={!several}
              onChange={(event) => toggle(entity.name, event.currentTarget.checked)}
            />
          ))}
        </div>
      </fieldset>
      <NativeSelect
        label={t('design.onDelete')}
        value={draft.onDelete}
        data={[
          { value: '', label: t('design.onDelete.usual') },
          ...(['restrict', 'clear', 'cascade'] as const).map((one) => ({
            value: one,
            label: t(`design.onDelete.${one}`),
          })),
        ]}
        onChange={(event) => set({ onDelete: event.currentTarget.value as DeleteBehaviour | '' })}
      />
      {draft.targets.length < 2 && (
        <Checkbox
          label={t('design.hierarchical')}
          description={t('design.hierarchicalHint')}
          checked={draft.hierarchical}
          onChange={(event) => set({ hierarchical: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

function FormulaSettings({ entity, draft, set }: SettingsProps) {
  const t = useT();
  return (
    <>
      <ExpressionInput
        entity={entity}
        kind="formula"
        label={t('design.formula')}
        required
        value={draft.expression}
        scale={draft.scale === '' ? undefined : Number(draft.scale)}
        onChange={(expression) => set({ expression })}
      />
      <Checkbox
        label={t('design.stored')}
        description={t('design.storedHint')}
        checked={draft.stored}
        onChange={(event) => set({ stored: event.currentTarget.checked })}
      />
    </>
  );
}

type TextMember =
  | 'maxLength'
  | 'scale'
  | 'min'
  | 'max'
  | 'currency'
  | 'country'
  | 'pattern'
  | 'accept'
  | 'maxMegabytes';

interface Wanted {
  name: TextMember;
  label: MessageKey;
  hint?: MessageKey;
  /** What a person may write into it. */
  only?: RegExp;
}

function textsOf({ type }: FieldDraft): Wanted[] {
  const digits = /\D/g;
  const decimal = /[^\d.-]/g;
  return [
    ...(hasLength(type) ? [{ name: 'maxLength', label: 'design.maxLength', only: digits } as const] : []),
    ...(hasScale(type) ? [{ name: 'scale', label: 'design.scale', only: digits } as const] : []),
    ...(hasBounds(type) ? [{ name: 'min', label: 'design.min', only: decimal } as const] : []),
    ...(hasBounds(type) ? [{ name: 'max', label: 'design.max', only: decimal } as const] : []),
    ...(type === 'rating' ? [{ name: 'max', label: 'design.stars', only: digits } as const] : []),
    ...(type === 'money' ? [{ name: 'currency', label: 'design.currency', hint: 'design.currencyHint' } as const] : []),
    ...(type === 'phone' ? [{ name: 'country', label: 'design.country', hint: 'design.countryHint' } as const] : []),
    ...(type === 'autoNumber'
      ? [{ name: 'pattern', label: 'design.pattern', hint: 'design.patternHint' } as const]
      : []),
    ...(type === 'file' || type === 'image'
      ? [
          { name: 'accept', label: 'design.accept', hint: 'design.acceptHint' } as const,
          { name: 'maxMegabytes', label: 'design.maxMegabytes', only: digits } as const,
        ]
      : []),
  ];
}

/** The type of a field and what belongs to it. */
export function TypeSettings(props: SettingsProps) {
  const { entity, draft, set, isNew } = props;
  const t = useT();
  const label = useLabel();
  const currencies = entity.fields.filter((field) => field.type === 'currency');
  const types = isNew ? TYPES : TYPES.filter((type) => type === draft.type || !(isFixed(type) || isFixed(draft.type)));
  return (
    <>
      <NativeSelect
        label={t('design.type')}
        value={draft.type}
        data={types.map((type) => ({ value: type, label: t(`design.type.${type}`) }))}
        description={isNew || isFixed(draft.type) ? undefined : t('design.typeHint')}
        onChange={(event) => set({ type: event.currentTarget.value as DraftType })}
      />
      {draft.type === 'lookup' && <LookupSettings {...props} />}
      {draft.type === 'formula' && <FormulaSettings {...props} />}
      {draft.type === 'rollUp' && <RollUpSettings entity={entity} draft={draft} set={set} />}
      <div className={classes.two}>
        {textsOf(draft).map(({ name, label: text, hint, only }) => (
          <TextInput
            key={name}
            label={t(text)}
            description={hint === undefined ? undefined : t(hint)}
            inputMode={only === undefined ? 'text' : 'decimal'}
            value={draft[name]}
            onChange={(event) => set({ [name]: event.currentTarget.value.replace(only ?? /^$/, '') })}
          />
        ))}
        {draft.type === 'money' && currencies.length > 0 && (
          <NativeSelect
            label={t('design.currencyField')}
            value={draft.currencyField}
            data={[
              { value: '', label: '–' },
              ...currencies.map((field) => ({ value: field.name, label: label(field.label, field.name) })),
            ]}
            onChange={(event) => set({ currencyField: event.currentTarget.value })}
          />
        )}
      </div>
      {draft.type === 'autoNumber' && (
        <Checkbox
          label={t('design.gaps')}
          description={t('design.gapsHint')}
          checked={draft.gaps}
          onChange={(event) => set({ gaps: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
