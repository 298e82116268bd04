import { ActionIcon } from '@mantine/core';
import {
  type Icon,
  IconArrowDown,
  IconArrowsSplit2,
  IconArrowUp,
  IconBell,
  IconCirclePlus,
  IconHandStop,
  IconHourglass,
  IconPencil,
  IconTrash,
  IconUserShare,
} from '@tabler/icons-react';
import { type MouseEvent, useEffect, useRef } from 'react';
import { useT } from '../i18n';
import classes from './automation.module.css';
import type { StepKind } from './automations';
import { type StepDraft, stepNumber } from './draft';
import { StepForm } from './StepForm';
import type { ListProps } from './StepList';

const ICONS: Record<StepKind, Icon> = {
  update: IconPencil,
  create: IconCirclePlus,
  assign: IconUserShare,
  notify: IconBell,
  wait: IconHourglass,
  branch: IconArrowsSplit2,
  stop: IconHandStop,
};

export function StepIcon({ kind }: { kind: StepKind }) {
  const Drawn = ICONS[kind];
  return <Drawn size={16} stroke={1.6} aria-hidden="true" />;
}

export interface CardProps extends Omit<ListProps, 'steps' | 'label' | 'onChange'> {
  step: StepDraft;
  onChange: (step: StepDraft) => void;
}

interface PlacedProps extends CardProps {
  last: boolean;
  /** Whether it was added just now. */
  focused: boolean;
  onMove: (by: number) => void;
  onRemove: () => void;
}

/** One step: what it does, and its place among the others. */
export function StepCard({ last, focused, onMove, onRemove, ...props }: PlacedProps) {
  const t = useT();
  const box = useRef<HTMLLIElement>(null);
  const { step, path, errors } = props;
  const number = stepNumber(path);
  const name = `${number} ${t(`automation.do.${step.do}`)}`;
  const first = path.endsWith('[0]');
  // The menu that it was added by gives the focus back first.
  useEffect(() => {
    if (focused) {
      const timer = setTimeout(() => {
        const inside = box.current?.querySelector<HTMLElement>(
          '[data-step] :is(input:not([type=hidden]), textarea, select)',
        );
        (inside ?? box.current)?.focus();
      }, 50);
      return () => clearTimeout(timer);
    }
  }, [focused]);
  // A card that goes past others takes its button out of the page for a moment.
  const move = (by: number, possible: boolean) => (event: MouseEvent<HTMLButtonElement>) => {
    const button = event.currentTarget;
    if (possible) {
      onMove(by);
      requestAnimationFrame(() => button.focus());
    }
  };
  return (
    <li ref={box} className={classes.step} aria-label={name} tabIndex={-1}>
      <div className={classes.stepHead}>
        <span className={classes.stepIcon}>
          <StepIcon kind={step.do} />
        </span>
        <strong className={classes.stepName}>{name}</strong>
        <ActionIcon
          aria-label={`${t('design.up')}: ${name}`}
          aria-disabled={first}
          className={classes.mover ?? ''}
          onClick={move(-1, !first)}
        >
          <IconArrowUp size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon
          aria-label={`${t('design.down')}: ${name}`}
          aria-disabled={last}
          className={classes.mover ?? ''}
          onClick={move(1, !last)}
        >
          <IconArrowDown size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon aria-label={t('automation.removeStep', { name })} onClick={onRemove}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      {errors[path] !== undefined && (
        <p role="alert" className={classes.bad}>
          {errors[path]}
        </p>
      )}
      <div className={classes.stepBody} data-step>
        <StepForm {...props} />
      </div>
    </li>
  );
}
