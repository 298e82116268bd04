import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { DesignSheet } from './DesignSheet';
import classes from './designer.module.css';
import { suggestedName } from './fieldForm';

export interface EntityDraft {
  name: string;
  en: string;
  zh: string;
  pluralEn: string;
  pluralZh: string;
  /** Of a link: the two entities whose records it ties together. */
  ends: readonly [string, string] | undefined;
}

export const NEW_ENTITY: EntityDraft = { name: '', en: '', zh: '', pluralEn: '', pluralZh: '', ends: undefined };

interface EntitySheetProps {
  title: string;
  initial: EntityDraft;
  isNew: boolean;
  onClose: () => void;
  onReview: (draft: EntityDraft) => Promise<void>;
}

/** What its records are: things of their own, or ties between two others. */
function Kind({ draft, set }: { draft: EntityDraft; set: (changes: Partial<EntityDraft>) => void }) {
  const t = useT();
  const label = useLabel();
  const { entities } = useModel();
  const first = entities[0]?.name ?? '';
  const data = entities.map((entity) => ({ value: entity.name, label: label(entity.meta.label, entity.name) }));
  const { ends } = draft;
  return (
    <>
      <NativeSelect
        label={t('design.entityKind')}
        description={t('design.entityKindHint')}
        value={ends === undefined ? 'records' : 'link'}
        data={[
          { value: 'records', label: t('design.entityKind.records') },
          { value: 'link', label: t('design.entityKind.link') },
        ]}
        onChange={(event) => set({ ends: event.currentTarget.value === 'link' ? [first, first] : undefined })}
      />
      {ends !== undefined && (
        <div className={classes.two}>
          <NativeSelect
            label={t('design.linkOne')}
            value={ends[0]}
            data={data}
            onChange={(event) => set({ ends: [event.currentTarget.value, ends[1]] })}
          />
          <NativeSelect
            label={t('design.linkOther')}
            value={ends[1]}
            data={data}
            onChange={(event) => set({ ends: [ends[0], event.currentTarget.value] })}
          />
        </div>
      )}
    </>
  );
}

/** The form of an entity itself; its fields are on its page. */
export function EntitySheet({ title, initial, isNew, onClose, onReview }: EntitySheetProps) {
  const t = useT();
  const [draft, setDraft] = useState(initial);
  const set = (changes: Partial<EntityDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const text = (name: 'en' | 'zh' | 'pluralEn' | 'pluralZh', labelText: string, first = false) => (
    <TextInput
      label={labelText}
      value={draft[name]}
      data-autofocus={first || undefined}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <DesignSheet title={title} onClose={onClose} onReview={() => onReview(draft)}>
      <div className={classes.two}>
        {text('en', t('design.english'), true)}
        {text('zh', t('design.chinese'))}
        {text('pluralEn', t('design.pluralEnglish'))}
        {text('pluralZh', t('design.pluralChinese'))}
      </div>
      {isNew && (
        <>
          <TextInput
            label={t('design.name')}
            description={t('design.nameHint')}
            required
            pattern="c_[a-z0-9_]{1,40}"
            value={draft.name === '' ? suggestedName(draft.en) : draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Kind draft={draft} set={set} />
        </>
      )}
    </DesignSheet>
  );
}
