import { Button, Checkbox, FileInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/problem';
import { useT } from '../i18n';
import { useProblemText } from '../ui/useProblemText';
import classes from './designer.module.css';
import { type Plan, planFiles } from './plans';

/** Brings definitions in from a zip of solution files. */
export function FilesTab({ onPlan }: { onPlan: (plan: Plan) => void }) {
  const t = useT();
  const problemText = useProblemText();
  const [file, setFile] = useState<File | null>(null);
  const [complete, setComplete] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const review = async (event: FormEvent) => {
    event.preventDefault();
    if (file === null) {
      return;
    }
    setBusy(true);
    setProblems([]);
    try {
      onPlan(await planFiles(file, file.name, complete));
    } catch (error) {
      const violations = error instanceof ApiProblem ? error.violations : [];
      setProblems(
        violations.length === 0
          ? [problemText(error)]
          : violations.map((one) => (one.field ? `${one.field}: ${one.message}` : one.message)),
      );
    }
    setBusy(false);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void review(event)}>
      <p>{t('design.filesText')}</p>
      {problems.length > 0 && (
        <ul className={classes.problems} role="alert">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <FileInput label={t('design.zip')} accept=".zip,application/zip" value={file} onChange={setFile} />
      <Checkbox
        label={t('design.complete')}
        description={t('design.completeHint')}
        checked={complete}
        onChange={(event) => setComplete(event.currentTarget.checked)}
      />
      <div className={classes.actions}>
        <Button type="submit" variant="filled" disabled={file === null} loading={busy}>
          {t('design.toReview')}
        </Button>
      </div>
    </form>
  );
}
