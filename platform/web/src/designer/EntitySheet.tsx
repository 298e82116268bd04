import { Button, Drawer, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/problem';
import { useT } from '../i18n';
import { usePhone } from '../ui/usePhone';
import { useProblemText } from '../ui/useProblemText';
import classes from './designer.module.css';
import { suggestedName } from './fieldForm';

export interface EntityDraft {
  name: string;
  en: string;
  zh: string;
  pluralEn: string;
  pluralZh: string;
}

interface EntitySheetProps {
  title: string;
  initial: EntityDraft;
  isNew: boolean;
  onClose: () => void;
  onReview: (draft: EntityDraft) => Promise<void>;
}

/** The form of an entity itself; its fields are on its page. */
export function EntitySheet({ title, initial, isNew, onClose, onReview }: EntitySheetProps) {
  const t = useT();
  const phone = usePhone();
  const problemText = useProblemText();
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const set = (changes: Partial<EntityDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const review = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onReview(draft);
    } catch (error) {
      const violations = error instanceof ApiProblem ? error.violations : [];
      setProblems(violations.length === 0 ? [problemText(error)] : violations.map((one) => one.message));
      setBusy(false);
    }
  };
  const text = (name: keyof EntityDraft, labelText: string, first = false) => (
    <TextInput
      label={labelText}
      value={draft[name]}
      data-autofocus={first || undefined}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
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
          {text('en', t('design.english'), true)}
          {text('zh', t('design.chinese'))}
          {text('pluralEn', t('design.pluralEnglish'))}
          {text('pluralZh', t('design.pluralChinese'))}
        </div>
        {isNew && (
          <TextInput
            label={t('design.name')}
            description={t('design.nameHint')}
            required
            pattern="c_[a-z0-9_]{1,40}"
            value={draft.name === '' ? suggestedName(draft.en) : draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        )}
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
