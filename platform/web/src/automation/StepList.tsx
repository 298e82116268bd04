import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Entity } from '../api/model';
import { useT } from '../i18n';
import classes from './automation.module.css';
import { STEPS, type StepKind } from './automations';
import { DEEPEST, MOST_STEPS, newStep, type StepDraft } from './draft';
import type { Errors } from './places';
import { StepCard, StepIcon } from './StepCard';

export interface ListProps {
  entity: Entity;
  steps: readonly StepDraft[];
  /** Where the list is in the definition. */
  path: string;
  label: string;
  depth: number;
  /** Of the whole automation. */
  total: number;
  errors: Errors;
  onChange: (steps: readonly StepDraft[]) => void;
}

function moved(steps: readonly StepDraft[], from: number, by: number): StepDraft[] {
  const next = [...steps];
  next.splice(from + by, 0, ...next.splice(from, 1));
  return next;
}

/** Steps one after the other, and a way to add one. */
export function StepList(props: ListProps) {
  const { steps, path, depth, total, errors, onChange } = props;
  const t = useT();
  const adder = useRef<HTMLButtonElement>(null);
  const [added, setAdded] = useState<number>();
  const add = (kind: StepKind) => {
    const step = newStep(kind);
    setAdded(step.key);
    onChange([...steps, step]);
  };
  return (
    <>
      {errors[path] !== undefined && (
        <p role="alert" className={classes.bad}>
          {errors[path]}
        </p>
      )}
      <ol className={classes.steps} aria-label={props.label}>
        {steps.map((step, index) => (
          <StepCard
            key={step.key}
            {...props}
            step={step}
            path={`${path}[${index}]`}
            last={index === steps.length - 1}
            focused={step.key === added}
            onChange={(next) => onChange(steps.map((one) => (one === step ? next : one)))}
            onMove={(by) => onChange(moved(steps, index, by))}
            onRemove={() => {
              onChange(steps.filter((one) => one !== step));
              adder.current?.focus();
            }}
          />
        ))}
      </ol>
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <Button
            ref={adder}
            className={classes.adder ?? ''}
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            disabled={total >= MOST_STEPS}
          >
            {t('automation.addStep')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {STEPS.filter((kind) => kind !== 'branch' || depth < DEEPEST).map((kind) => (
            <Menu.Item key={kind} leftSection={<StepIcon kind={kind} />} onClick={() => add(kind)}>
              {t(`automation.do.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
