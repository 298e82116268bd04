import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Entity } from '../api/model';
import type { DisplayFormat } from '../api/types';
import { useT } from '../i18n';
import { DesignSheet } from './DesignSheet';
import classes from './designer.module.css';
import { ExpressionInput } from './ExpressionInput';
import {
  canBeIndexed,
  canBeSearched,
  canBeUnique,
  type FieldDraft,
  hasDecimals,
  hasDefault,
  hasMask,
  hasOptions,
  isWritten,
  stylesOf,
  suggestedName,
} from './fieldForm';
import { OptionsEditor, type SetDraft } from './OptionsEditor';
import { TypeSettings } from './TypeSettings';

interface PartProps {
  entity: Entity;
  draft: FieldDraft;
  set: SetDraft;
}

type TickName = 'required' | 'readOnly' | 'unique' | 'searchable' | 'indexed' | 'audited' | 'personal' | 'sensitive';

function Ticks({ draft, set, own, indexable }: PartProps & { own: boolean; indexable: boolean }) {
  const t = useT();
  const tick = (name: TickName, label: string, hint?: string) => (
    <Checkbox
      label={label}
      description={hint}
      checked={draft[name]}
      onChange={(event) => set({ [name]: event.currentTarget.checked })}
    />
  );
  const computed = draft.type === 'formula' || draft.type === 'rollUp';
  return (
    <div className={classes.ticks}>
      {!computed && tick('required', t('design.required'))}
      {own && isWritten(draft.type) && tick('readOnly', t('design.readOnly'))}
      {own && canBeUnique(draft.type) && tick('unique', t('design.unique'))}
      {own && canBeSearched(draft.type) && tick('searchable', t('design.searchable'))}
      {indexable &&
        canBeIndexed(draft.type) &&
        (draft.type !== 'formula' || draft.stored) &&
        tick('indexed', t('design.indexed'), t('design.indexedHint'))}
      {own && !computed && tick('audited', t('design.audited'))}
      {!computed && tick('personal', t('design.personal'), t('design.personalHint'))}
      {tick('sensitive', t('design.sensitive'), t('design.sensitiveHint'))}
    </div>
  );
}

/** When a field is required, read-only, shown, and what a new record has in it. */
function Conditions({ entity, draft, set }: PartProps) {
  const t = useT();
  const members = [
    ...(isWritten(draft.type) ? (['requiredWhen', 'readOnlyWhen'] as const) : []),
    'visibleWhen' as const,
    ...(isWritten(draft.type) && hasDefault(draft.type) ? (['defaultExpression'] as const) : []),
  ];
  const said = members.some((member) => draft[member] !== '');
  return (
    <details className={classes.more} open={said}>
      <summary>{t('design.conditions')}</summary>
      <p className={classes.counts}>{t('design.conditionsHint')}</p>
      {members.map((member) => (
        <ExpressionInput
          key={member}
          entity={entity}
          kind={member === 'defaultExpression' ? 'default' : 'condition'}
          label={t(`design.${member}`)}
          value={draft[member]}
          onChange={(value) => set({ [member]: value })}
        />
      ))}
      {hasDefault(draft.type) && (
        <TextInput
          label={t('design.default')}
          description={t('design.defaultHint')}
          value={draft.default}
          onChange={(event) => set({ default: event.currentTarget.value })}
        />
      )}
    </details>
  );
}

/** How people read the values. */
function Format({ draft, set }: PartProps) {
  const t = useT();
  const styles = stylesOf(draft.type);
  if (styles.length === 0 && !hasDecimals(draft.type) && !hasMask(draft.type)) {
    return null;
  }
  const said = draft.style !== '' || draft.decimals !== '' || draft.mask !== '';
  return (
    <details className={classes.more} open={said}>
      <summary>{t('design.format')}</summary>
      <div className={classes.two}>
        {styles.length > 0 && (
          <NativeSelect
            label={t('design.style')}
            value={draft.style}
            data={[
              { value: '', label: t('design.style.usual') },
              ...styles.map((style) => ({ value: style, label: t(`design.style.${style}`) })),
            ]}
            onChange={(event) => set({ style: event.currentTarget.value as DisplayFormat['style'] & string })}
          />
        )}
        {hasDecimals(draft.type) && (
          <TextInput
            label={t('design.decimals')}
            inputMode="numeric"
            value={draft.decimals}
            onChange={(event) => set({ decimals: event.currentTarget.value.replace(/\D/g, '') })}
          />
        )}
        {hasMask(draft.type) && (
          <TextInput
            label={t('design.mask')}
            description={t('design.maskHint')}
            value={draft.mask}
            onChange={(event) => set({ mask: event.currentTarget.value })}
          />
        )}
      </div>
    </details>
  );
}

interface FieldSheetProps {
  entity: Entity;
  title: string;
  initial: FieldDraft;
  isNew: boolean;
  /** Whether the tenant made the field; of a plugin's field some things are the plugin's. */
  own: boolean;
  onClose: () => void;
  onReview: (draft: FieldDraft) => Promise<void>;
}

/** The form of a field. */
export function FieldSheet({ entity, title, initial, isNew, own, onClose, onReview }: FieldSheetProps) {
  const t = useT();
  const [draft, setDraft] = useState(initial);
  const [named, setNamed] = useState(!isNew);
  const set: SetDraft = (changes) => setDraft((before) => ({ ...before, ...changes }));
  const part = { entity, draft, set };
  return (
    <DesignSheet title={title} onClose={onClose} onReview={() => onReview(draft)}>
      <div className={classes.two}>
        <TextInput
          label={t('design.english')}
          value={draft.en}
          data-autofocus
          onChange={(event) => {
            const en = event.currentTarget.value;
            set(named ? { en } : { en, name: suggestedName(en) });
          }}
        />
        <TextInput
          label={t('design.chinese')}
          value={draft.zh}
          onChange={(event) => set({ zh: event.currentTarget.value })}
        />
      </div>
      {isNew && (
        <TextInput
          label={t('design.name')}
          description={t('design.nameHint')}
          value={draft.name}
          required
          pattern="c_[a-z0-9_]{1,40}"
          onChange={(event) => {
            setNamed(true);
            set({ name: event.currentTarget.value });
          }}
        />
      )}
      {own && <TypeSettings {...part} isNew={isNew} />}
      {hasOptions(draft.type) && <OptionsEditor {...part} own={own} />}
      <Ticks {...part} own={own} indexable={own || !initial.indexed} />
      <Conditions {...part} />
      <Format {...part} />
      <div className={classes.two}>
        <TextInput
          label={t('design.helpEnglish')}
          value={draft.helpEn}
          onChange={(event) => set({ helpEn: event.currentTarget.value })}
        />
        <TextInput
          label={t('design.helpChinese')}
          value={draft.helpZh}
          onChange={(event) => set({ helpZh: event.currentTarget.value })}
        />
      </div>
    </DesignSheet>
  );
}
