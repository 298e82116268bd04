import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { useFormat, useSession } from '../api/session';
import type { RecordData } from '../api/types';
import { DateField } from '../form/DateField';
import { draftKey, dropDraft, loadDraft, saveDraft } from '../form/draft';
import { instantOf, localDate } from '../form/zone';
import { useT } from '../i18n';
import { useKeys } from '../shell/keys';
import { toasts } from '../shell/toast';
import { Kbd } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import { type Draft, emptyDraft, type Kind, linksOf, subjectOf, valuesOf } from './activities';
import classes from './activity.module.css';
import { KindIcon } from './KindIcon';

/** In the order of use; the key opens the composer for that kind from anywhere on the page. */
const TABS: [Kind, string][] = [
  ['note', 'N'],
  ['call', 'L'],
  ['email', 'M'],
  ['task', 'T'],
  ['meeting', ''],
];

interface ComposerProps {
  activity: Entity;
  entity: Entity;
  record: RecordData;
}

/** What was written waits in this tab until it is posted. */
function useDraft(props: ComposerProps) {
  const { me } = useSession();
  const { timeZone } = useFormat();
  const today = localDate(new Date().toISOString(), timeZone);
  const key = draftKey(me.tenant.id, me.user.id, `${props.entity.setName}.composer`, props.record.id);
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = loadDraft(key);
    return {
      ...emptyDraft((kept?.kind as Kind | undefined) ?? 'note', today),
      subject: kept?.subject ?? '',
      text: kept?.text ?? '',
    };
  });
  const change = (changes: Partial<Draft>) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    saveDraft(key, { kind: 'note' }, { kind: next.kind, subject: next.subject, text: next.text });
  };
  const clear = () => {
    dropDraft(key);
    setDraft(emptyDraft(draft.kind, today));
  };
  return { draft, change, clear };
}

function Details({ draft, change }: { draft: Draft; change: (changes: Partial<Draft>) => void }) {
  const t = useT();
  const { kind } = draft;
  return (
    <div className={classes.details}>
      {(kind === 'call' || kind === 'email') && (
        <SegmentedControl
          aria-label={t('activity.direction')}
          value={draft.incoming ? 'incoming' : 'outgoing'}
          onChange={(value) => change({ incoming: value === 'incoming' })}
          data={[
            { value: 'outgoing', label: t('activity.outgoing') },
            { value: 'incoming', label: t('activity.incoming') },
          ]}
        />
      )}
      {kind === 'task' && (
        <DateField
          label={undefined}
          ariaLabel={t('activity.due')}
          value={draft.due}
          onChange={(due) => change({ due })}
        />
      )}
      {kind === 'meeting' && (
        <>
          <DateField
            label={undefined}
            ariaLabel={t('activity.day')}
            value={draft.day}
            onChange={(day) => change({ day })}
          />
          <TextInput
            type="time"
            aria-label={t('activity.time')}
            value={draft.time}
            onChange={(event) => change({ time: event.currentTarget.value })}
          />
        </>
      )}
      {(kind === 'call' || kind === 'meeting') && (
        <TextInput
          className={classes.minutes ?? ''}
          inputMode="numeric"
          aria-label={t('activity.minutes')}
          placeholder={t('activity.minutes')}
          value={draft.minutes}
          onChange={(event) => change({ minutes: event.currentTarget.value.replace(/\D/g, '').slice(0, 4) })}
        />
      )}
    </div>
  );
}

/** Writes down what was done, or what is to be done, without leaving the record. */
export function Composer(props: ComposerProps) {
  const { activity, entity, record } = props;
  const t = useT();
  const { me } = useSession();
  const { timeZone } = useFormat();
  const problemText = useProblemText();
  const actions = useRecordActions(activity);
  const { draft, change, clear } = useDraft(props);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [asked, setAsked] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked > 0) {
      box.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    }
  }, [asked]);
  const open = (kind: Kind) => {
    change({ kind });
    setAsked(asked + 1);
  };
  useKeys({ n: () => open('note'), l: () => open('call'), m: () => open('email'), t: () => open('task') });
  const post = async () => {
    if (busy || subjectOf(draft) === '') {
      return;
    }
    setBusy(true);
    setError(undefined);
    const now = new Date().toISOString();
    const meeting = draft.day === '' || draft.time === '' ? undefined : instantOf(draft.day, draft.time, timeZone);
    try {
      const values = { ...linksOf(activity, entity, record), ...valuesOf(draft, me.user.id, { now, meeting }) };
      await actions.create(values);
      clear();
      toasts.show({ text: t('activity.posted') });
    } catch (failure) {
      setError(problemText(failure));
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void post();
    }
  };
  return (
    <div
      ref={box}
      className={classes.composer}
      data-print="none"
      onKeyDown={onKeyDown}
      role="group"
      aria-label={t('activity.composer')}
    >
      <div className={classes.kinds} role="tablist" aria-label={t('activity.kind')}>
        {TABS.map(([kind, key]) => (
          <button
            key={kind}
            type="button"
            role="tab"
            aria-selected={draft.kind === kind}
            className={classes.kindTab}
            onClick={() => open(kind)}
          >
            <KindIcon kind={kind} />
            {t(`activity.kind.${kind}`)}
            {key !== '' && <Kbd>{key}</Kbd>}
          </button>
        ))}
      </div>
      {draft.kind !== 'note' && (
        <TextInput
          data-first
          classNames={{ input: `${classes.bare} ${classes.subject}` }}
          aria-label={t('activity.subject')}
          placeholder={t(`activity.prompt.${draft.kind}`)}
          maxLength={300}
          value={draft.subject}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
      )}
      <Textarea
        {...(draft.kind === 'note' && { 'data-first': true })}
        classNames={{ input: classes.bare ?? '' }}
        autosize
        minRows={draft.kind === 'note' ? 2 : 1}
        maxRows={10}
        aria-label={t('activity.text')}
        placeholder={t(draft.kind === 'note' ? 'activity.prompt.note' : 'activity.text')}
        maxLength={10_000}
        value={draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      {error !== undefined && (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      )}
      <div className={classes.composerFoot}>
        <Details draft={draft} change={change} />
        <Button
          variant="filled"
          loading={busy}
          disabled={subjectOf(draft) === ''}
          rightSection={<Kbd>Ctrl ↵</Kbd>}
          onClick={() => void post()}
        >
          {t(`activity.post.${draft.kind === 'task' || draft.kind === 'meeting' ? 'plan' : 'log'}`)}
        </Button>
      </div>
    </div>
  );
}
