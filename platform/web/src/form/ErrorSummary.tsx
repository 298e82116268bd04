import { IconAlertCircle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useT } from '../i18n';
import classes from './form.module.css';

interface SummaryProps {
  errors: Record<string, string>;
  general: readonly string[];
  /** Grows with every refused save, so that the summary takes the focus each time. */
  attempt: number;
  onShowFirst: () => void;
}

/** Says what is wrong above the form, where reading starts again after a refused save. */
export function ErrorSummary({ errors, general, attempt, onShowFirst }: SummaryProps) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const count = Object.keys(errors).length;
  const wrong = count > 0 || general.length > 0;
  useEffect(() => {
    if (attempt > 0) {
      box.current?.focus();
    }
  }, [attempt]);
  return wrong ? (
    <div ref={box} role="alert" tabIndex={-1} className={classes.summary}>
      <IconAlertCircle size={18} stroke={1.6} aria-hidden="true" />
      <div className={classes.summaryText}>
        <strong>{count > 0 ? t('form.notSaved', { count }) : t('form.notSavedPlain')}</strong> {t('form.kept')}
        {general.map((message) => (
          <div key={message}>{message}</div>
        ))}
      </div>
      {count > 0 && (
        <button type="button" className={classes.showFirst} onClick={onShowFirst}>
          {t('form.showFirst')}
        </button>
      )}
    </div>
  ) : null;
}
