import { Button, Switch, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem } from '../api/problem';
import { useModel, useSession } from '../api/session';
import { ErrorSummary } from '../form/ErrorSummary';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { Confirmation } from '../ui/Confirmation';
import { useProblemText } from '../ui/useProblemText';
import classes from './automation.module.css';
import {
  type Automation,
  automationsKey,
  createAutomation,
  type Definition,
  removeAutomation,
  replaceAutomation,
  type Trial,
  tryAutomation,
} from './automations';
import { ConditionInput } from './ConditionInput';
import { writeDefinition } from './definition';
import { type Draft, onEntity, stepCount } from './draft';
import { type Errors, placed } from './places';
import { StepList } from './StepList';
import { sayAutomation } from './sentence';
import { TrialPanel } from './TrialPanel';
import { TriggerCard } from './TriggerCard';
import { useDraft } from './useDraft';
import { useWords } from './useWords';

interface Refused {
  at: Errors;
  elsewhere: readonly string[];
}

const NOTHING: Refused = { at: {}, elsewhere: [] };

/** Sends what is written; what is not taken is said where it stands. */
function useSend(draft: Draft) {
  const t = useT();
  const model = useModel();
  const { me } = useSession();
  const problemText = useProblemText();
  const [refused, setRefused] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const refuse = (next: Refused) => {
    setRefused(next);
    setAttempt((before) => before + 1);
    return undefined;
  };
  const send = async <T,>(work: (definition: Definition) => Promise<T>, named: boolean): Promise<T | undefined> => {
    const { definition, errors } = writeDefinition(draft, model, me.tenant.timeZone);
    const mistakes = Object.entries(errors).map(([path, error]) => [path, t(error.key, error.params)]);
    if (named && definition.name === '') {
      mistakes.push(['name', t('form.error.required')]);
    }
    if (mistakes.length > 0) {
      return refuse({ at: Object.fromEntries(mistakes), elsewhere: [] });
    }
    setBusy(true);
    try {
      const answer = await work(definition);
      setRefused(NOTHING);
      return answer;
    } catch (failure) {
      const violations = failure instanceof ApiProblem ? failure.violations : [];
      return refuse(violations.length > 0 ? placed(violations, draft) : { at: {}, elsewhere: [problemText(failure)] });
    } finally {
      setBusy(false);
    }
  };
  return { send, refused, attempt, busy };
}

function Remove({ automation }: { automation: Automation }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const [asked, setAsked] = useState(false);
  const remove = () =>
    void removeAutomation(automation.id).then(
      () => {
        navigate('/automations');
        void client.invalidateQueries({ queryKey: automationsKey, exact: true });
        toasts.show({ text: t('report.deleted', { name: automation.name }) });
      },
      (failure: unknown) => toasts.show({ text: problemText(failure), tone: 'bad' }),
    );
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconTrash size={16} stroke={1.6} aria-hidden="true" />}
        onClick={() => setAsked(true)}
      >
        {t('action.delete')}
      </Button>
      {asked && (
        <Confirmation
          title={t('access.remove', { name: automation.name })}
          text={t('automation.removeText')}
          action={t('action.delete')}
          onClose={() => setAsked(false)}
          onConfirm={remove}
        />
      )}
    </>
  );
}

/** An automation is written: what starts it, what must hold, and what happens then. */
export function Editor({ automation, start }: { automation: Automation | undefined; start: Draft }) {
  const t = useT();
  const words = useWords();
  const model = useModel();
  const { me } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [trial, setTrial] = useState<{ result: Trial; definition: Definition }>();
  const { draft, set, drafted, restored, reset, done } = useDraft(automation, start);
  const { send, refused, attempt, busy } = useSend(draft);
  const entity = model.entity(draft.entity);
  const { definition } = writeDefinition(draft, model, me.tenant.timeZone);
  const save = async () => {
    const saved = await send(
      (written) => (automation === undefined ? createAutomation(written) : replaceAutomation(automation.id, written)),
      true,
    );
    if (saved !== undefined) {
      done();
      toasts.show({ text: t('access.saved', { name: saved.name }) });
      client.setQueryData([...automationsKey, saved.id], saved);
      void client.invalidateQueries({ queryKey: automationsKey });
      navigate(`/automations/${saved.id}`, { replace: automation === undefined });
    }
  };
  const dryRun = async () => {
    const tried = await send(async (written) => {
      // What has no name yet can be tried all the same.
      const named = { ...written, name: written.name || t('automation.new') };
      return { result: await tryAutomation(named), definition: named };
    }, false);
    setTrial(tried);
  };
  return (
    <form
      ref={form}
      className={classes.editor}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && (event.key === 'Enter' || event.key === 's')) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <div className={classes.columns}>
        <div className={classes.flow}>
          <ErrorSummary
            errors={{ ...refused.at }}
            general={refused.elsewhere}
            attempt={attempt}
            onShowFirst={() =>
              form.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-error=true]')?.focus()
            }
          />
          {automation?.pausedBecause !== undefined && automation.pausedBecause !== null && (
            <p className={classes.warning}>{t(`automation.because.${automation.pausedBecause}`)}</p>
          )}
          <div className={classes.naming}>
            <TextInput
              label={t('automation.name')}
              required
              maxLength={100}
              error={refused.at.name}
              value={draft.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <Switch
              label={t('automation.active')}
              checked={draft.active}
              onChange={(event) => set({ active: event.currentTarget.checked })}
            />
          </div>
          <p className={classes.whole} role="status">
            {sayAutomation(words, definition)}
          </p>
          <TriggerCard
            entity={entity}
            trigger={draft.trigger}
            errors={refused.at}
            onEntity={(next) => set(onEntity(draft, next))}
            onChange={(trigger) => set({ trigger })}
          />
          {entity !== undefined && (
            <>
              <section className={classes.card} aria-labelledby="automation-condition">
                <h2 id="automation-condition" className={classes.cardTitle}>
                  {t('automation.condition')}
                </h2>
                <ConditionInput
                  entity={entity}
                  label={t('automation.onlyIf')}
                  description={t('automation.onlyIfHint')}
                  value={draft.condition}
                  error={refused.at.condition}
                  onChange={(condition) => set({ condition })}
                />
              </section>
              <h2 className={classes.cardTitle}>{t('automation.steps')}</h2>
              <StepList
                entity={entity}
                steps={draft.steps}
                path="steps"
                label={t('automation.steps')}
                depth={1}
                total={stepCount(draft.steps)}
                errors={refused.at}
                onChange={(steps) => set({ steps })}
              />
            </>
          )}
        </div>
        <aside className={classes.side} aria-label={t('automation.dryRun')}>
          <Button
            leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
            loading={busy}
            onClick={() => void dryRun()}
          >
            {t('automation.dryRun')}
          </Button>
          {trial === undefined ? (
            <p className={classes.meta}>{t('automation.dryRunText')}</p>
          ) : (
            <TrialPanel trial={trial.result} definition={trial.definition} />
          )}
        </aside>
      </div>
      <div className={classes.foot}>
        {automation !== undefined && <Remove automation={automation} />}
        <span className={classes.draft} role="status">
          {drafted && t(restored ? 'form.draftRestored' : 'form.draftSaved')}
        </span>
        {drafted && (
          <Button variant="subtle" color="gray" onClick={reset}>
            {t('form.discardDraft')}
          </Button>
        )}
        <Button type="submit" variant="filled" className={classes.save ?? ''} loading={busy}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
