import { Button, Drawer } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../api/session';
import { type Translate, useT } from '../i18n';
import { toasts } from '../shell/toast';
import { Tag } from '../ui/Tag';
import { usePhone } from '../ui/usePhone';
import { useProblemText } from '../ui/useProblemText';
import classes from './designer.module.css';
import { applyPlan, discardPlan, type Plan, type PlanChange, type PlanProperty } from './plans';

function shown(value: unknown): string {
  if (value === undefined || value === null) {
    return '–';
  }
  if (typeof value === 'object') {
    const label = value as { en?: unknown; 'zh-CN'?: unknown };
    if (typeof label.en === 'string' || typeof label['zh-CN'] === 'string') {
      return [label.en, label['zh-CN']].filter((text) => typeof text === 'string').join(' · ');
    }
    return JSON.stringify(value);
  }
  return String(value);
}

function Property({ op, property }: { op: PlanChange['op']; property: PlanProperty }) {
  const t = useT();
  return (
    <div className={classes.property}>
      <dt>{property.name}</dt>
      <dd>
        {op === 'change' && (
          <>
            <del>{shown(property.old)}</del>
            <IconArrowRight size={14} stroke={1.6} role="img" aria-label={t('design.becomes')} />
          </>
        )}
        <ins>{shown(op === 'remove' ? property.old : property.new)}</ins>
      </dd>
    </div>
  );
}

const TONE = { add: 'good', change: 'neutral', remove: 'bad' } as const;

function opText(t: Translate, op: PlanChange['op']): string {
  return t(op === 'add' ? 'design.op.add' : op === 'change' ? 'design.op.change' : 'design.op.remove');
}

function Impact({ change }: { change: PlanChange }) {
  const t = useT();
  const { impact } = change;
  if (impact === undefined) {
    return null;
  }
  return (
    <>
      {impact.converts !== undefined && <p>{t('design.converts', { count: impact.converts })}</p>}
      {impact.moves !== undefined && <p>{t('design.moves', { count: impact.moves })}</p>}
      {impact.samples !== undefined && (
        <ul className={classes.samples}>
          {impact.samples.map((sample) => (
            <li key={sample.id ?? sample.value}>
              <code>{sample.value}</code> {sample.message ?? t('design.times', { count: sample.records ?? 0 })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Change({ change, open }: { change: PlanChange; open: boolean }) {
  const t = useT();
  return (
    <li>
      <details open={open} className={classes.change}>
        <summary>
          <Tag tone={TONE[change.op]}>{opText(t, change.op)}</Tag>
          <code>{change.component}</code>
        </summary>
        <dl>
          {change.properties.map((property) => (
            <Property key={property.name} op={change.op} property={property} />
          ))}
        </dl>
        <Impact change={change} />
      </details>
    </li>
  );
}

const FEW = 4;

/** What a plan does, change by change, and what speaks against it. */
export function PlanView({ plan }: { plan: Plan }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {plan.risks.length > 0 && (
        <section className={classes.risks} aria-label={t('design.risks')}>
          <h3>
            <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
            {t('design.risks')}
          </h3>
          <ul>
            {plan.risks.map((risk) => (
              <li key={`${risk.component} ${risk.code} ${risk.message}`}>
                <code>{risk.component}</code>: {risk.message}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className={classes.counts}>
        {t('design.counts', {
          added: format.number(plan.added),
          changed: format.number(plan.changed),
          removed: format.number(plan.removed),
        })}
      </p>
      <ul className={classes.changes}>
        {plan.changes.map((change) => (
          <Change key={`${change.op} ${change.component}`} change={change} open={plan.changes.length <= FEW} />
        ))}
      </ul>
    </>
  );
}

/** A plan that can be applied or given up. Nothing has happened until it is applied. */
export function PlanDialog({ plan, onClose }: { plan: Plan; onClose: (applied: boolean) => void }) {
  const t = useT();
  const phone = usePhone();
  const client = useQueryClient();
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);
  const apply = async () => {
    setBusy(true);
    try {
      const applied = await applyPlan(plan.id);
      await client.invalidateQueries();
      toasts.show({ text: t(applied.jobs.length > 0 ? 'design.appliedGoesOn' : 'design.applied') });
      onClose(true);
    } catch (error) {
      toasts.show({ text: problemText(error), tone: 'bad' });
      setBusy(false);
    }
  };
  const discard = () => {
    void discardPlan(plan.id).catch(() => undefined);
    onClose(false);
  };
  return (
    <Drawer
      opened
      onClose={discard}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 600}
      title={t('design.review', { title: plan.title })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.plan}>
        <PlanView plan={plan} />
        <div className={classes.actions}>
          <Button onClick={discard}>{t('action.cancel')}</Button>
          <Button variant="filled" loading={busy} onClick={() => void apply()} data-autofocus>
            {t('action.apply')}
          </Button>
        </div>
      </div>
    </Drawer>
  );
}
