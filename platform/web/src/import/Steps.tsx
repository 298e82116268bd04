import { useT } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import classes from './import.module.css';

const STEPS: MessageKey[] = ['import.step.upload', 'import.step.map', 'import.step.run'];

export function Steps({ at }: { at: number }) {
  const t = useT();
  return (
    <ol className={classes.steps}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          data-place={index < at ? 'done' : index === at ? 'current' : 'ahead'}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className={classes.stepNumber} aria-hidden="true">
            {index < at ? '✓' : index + 1}
          </span>
          {t(step)}
        </li>
      ))}
    </ol>
  );
}
