import { ActionIcon, Button, Checkbox, Drawer, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/problem';
import { useLabel, useModel } from '../api/session';
import type { FieldType } from '../api/types';
import { useT } from '../i18n';
import { usePhone } from '../ui/usePhone';
import { useProblemText } from '../ui/useProblemText';
import classes from './designer.module.css';
import {
  canBeIndexed,
  canBeSearched,
  canBeUnique,
  type FieldDraft,
  hasLength,
  hasOptions,
  hasScale,
  type OptionDraft,
  suggestedName,
} from './fieldForm';

const TYPES: readonly FieldType[] = [
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
  'address',
  'geo',
  'file',
  'image',
  'json',
  'encryptedText',
];

const COLORS = ['', 'gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'indigo', 'purple', 'pink'];

type Set = (changes: Partial<FieldDraft>) => void;

function Options({ draft, set, own }: { draft: FieldDraft; set: Set; own: boolean }) {
  const t = useT();
  const change = (at: number, changes: Partial<OptionDraft>) =>
    set({ options: draft.options.map((option, place) => (place === at ? { ...option, ...changes } : option)) });
  const move = (at: number, by: number) => {
    const options = [...draft.options];
    const [moved] = options.splice(at, 1);
    if (moved !== undefined) {
      options.splice(at + by, 0, moved);
      set({ options });
    }
  };
  const add = () => {
    const key = Math.max(-1, ...draft.options.map((option) => option.key)) + 1;
    set({ options: [...draft.options, { key, value: '', en: '', zh: '', color: '', active: true }] });
  };
  return (
    <fieldset className={classes.options}>
      <legend>{t('design.options')}</legend>
      {draft.options.map((option, place) => (
        <div key={option.key} className={classes.option}>
          <TextInput
            label={t('design.optionValue')}
            value={option.value}
            readOnly={!own}
            onChange={(event) => change(place, { value: event.currentTarget.value })}
          />
          <TextInput
            label={t('design.english')}
            value={option.en}
            onChange={(event) => change(place, { en: event.currentTarget.value })}
          />
          <TextInput
            label={t('design.chinese')}
            value={option.zh}
            onChange={(event) => change(place, { zh: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('design.color')}
            value={option.color}
            data={COLORS}
            onChange={(event) => change(place, { color: event.currentTarget.value })}
          />
          <div className={classes.optionActions}>
            <Checkbox
              label={t('design.active')}
              checked={option.active}
              onChange={(event) => change(place, { active: event.currentTarget.checked })}
            />
            <ActionIcon disabled={place === 0} aria-label={t('design.up')} onClick={() => move(place, -1)}>
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              disabled={place === draft.options.length - 1}
              aria-label={t('design.down')}
              onClick={() => move(place, 1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
          </div>
        </div>
      ))}
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={add}>
        {t('design.addOption')}
      </Button>
    </fieldset>
  );
}

function TypeSettings({ draft, set, isNew }: { draft: FieldDraft; set: Set; isNew: boolean }) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const targets = model.entities.map((entity) => ({
    value: entity.name,
    label: label(entity.meta.label, entity.name),
  }));
  return (
    <>
      <NativeSelect
        label={t('design.type')}
        value={draft.type}
        data={TYPES.map((type) => ({ value: type, label: t(`design.type.${type}`) }))}
        description={isNew ? undefined : t('design.typeHint')}
        onChange={(event) => set({ type: event.currentTarget.value as FieldType })}
      />
      {draft.type === 'lookup' && (
        <NativeSelect
          label={t('design.target')}
          value={draft.target}
          disabled={!isNew}
          data={[{ value: '', label: '' }, ...targets]}
          onChange={(event) => set({ target: event.currentTarget.value })}
        />
      )}
      {hasLength(draft.type) && (
        <TextInput
          label={t('design.maxLength')}
          inputMode="numeric"
          value={draft.maxLength}
          onChange={(event) => set({ maxLength: event.currentTarget.value.replace(/\D/g, '') })}
        />
      )}
      {hasScale(draft.type) && (
        <TextInput
          label={t('design.scale')}
          inputMode="numeric"
          value={draft.scale}
          onChange={(event) => set({ scale: event.currentTarget.value.replace(/\D/g, '') })}
        />
      )}
    </>
  );
}

function Ticks({ draft, set, own }: { draft: FieldDraft; set: Set; own: boolean }) {
  const t = useT();
  const tick = (name: 'required' | 'unique' | 'searchable' | 'indexed', label: string) => (
    <Checkbox
      label={label}
      description={name === 'indexed' ? t('design.indexedHint') : undefined}
      checked={draft[name]}
      onChange={(event) => set({ [name]: event.currentTarget.checked })}
    />
  );
  return (
    <div className={classes.ticks}>
      {tick('required', t('design.required'))}
      {own && canBeUnique(draft.type) && tick('unique', t('design.unique'))}
      {own && canBeSearched(draft.type) && tick('searchable', t('design.searchable'))}
      {own && canBeIndexed(draft.type) && tick('indexed', t('design.indexed'))}
    </div>
  );
}

interface FieldSheetProps {
  title: string;
  initial: FieldDraft;
  isNew: boolean;
  /** Whether the tenant made the field; of a plugin's field some things are the plugin's. */
  own: boolean;
  onClose: () => void;
  onReview: (draft: FieldDraft) => Promise<void>;
}

/** The form of a field. Nothing happens until the plan that it makes is applied. */
export function FieldSheet({ title, initial, isNew, own, onClose, onReview }: FieldSheetProps) {
  const t = useT();
  const phone = usePhone();
  const problemText = useProblemText();
  const [draft, setDraft] = useState(initial);
  const [named, setNamed] = useState(!isNew);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const set: Set = (changes) => setDraft((before) => ({ ...before, ...changes }));
  const review = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onReview(draft);
    } catch (error) {
      const violations = error instanceof ApiProblem ? error.violations : [];
      setProblems(
        violations.length === 0
          ? [problemText(error)]
          : violations.map((one) => (one.field ? `${one.field}: ${one.message}` : one.message)),
      );
      setBusy(false);
    }
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 600}
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form className={classes.form} onSubmit={(event) => void review(event)}>
        {problems.length > 0 && (
          <ul className={classes.problems} role="alert">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
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
        {own && <TypeSettings draft={draft} set={set} isNew={isNew} />}
        <Ticks draft={draft} set={set} own={own} />
        {hasOptions(draft.type) && <Options draft={draft} set={set} own={own} />}
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
        <div className={classes.actions}>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy}>
            {t('design.toReview')}
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
