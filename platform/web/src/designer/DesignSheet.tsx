import { Button, Drawer } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiProblem } from '../api/problem';
import { useT } from '../i18n';
import { usePhone } from '../ui/usePhone';
import { useProblemText } from '../ui/useProblemText';
import classes from './designer.module.css';

interface SheetProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
  onReview: () => Promise<void>;
}

/** A form of the designer. Nothing happens until the plan that it makes is applied; what is refused is said on top. */
export function DesignSheet({ title, children, onClose, onReview }: SheetProps) {
  const t = useT();
  const phone = usePhone();
  const problemText = useProblemText();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const review = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onReview();
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
        {children}
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
