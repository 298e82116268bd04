import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type ConsentPurpose, type ConsentState, type Consents, sayConsent } from '../api/consents';
import type { Entity } from '../api/model';
import { useFormat, useLabel } from '../api/session';
import { DayInput } from '../form/input/DateInputs';
import { labelled } from '../form/input/labelled';
import { instantOf, localDate } from '../form/zone';
import { useT } from '../i18n';
import { useProblemText } from '../ui/useProblemText';
import classes from './record.module.css';

/** What a person said is written down: agreed or taken back, when, and where it can be looked up. */
export function ConsentDialog(props: {
  entity: Entity;
  id: string;
  purpose: ConsentPurpose;
  first: ConsentState;
  onSaid: (consents: Consents) => void;
  onClose: () => void;
}) {
  const { entity, id, purpose } = props;
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const problemText = useProblemText();
  const today = localDate(new Date().toISOString(), format.timeZone);
  const [state, setState] = useState<ConsentState>(purpose.active ? props.first : 'withdrawn');
  const [day, setDay] = useState(today);
  const [source, setSource] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const say = (event: FormEvent) => {
    event.preventDefault();
    // Of a day before, the end: what was said on it, was said by then.
    const at = day === '' || day >= today ? undefined : instantOf(day, '23:59', format.timeZone);
    sayConsent(entity.setName, id, {
      purpose: purpose.code,
      state,
      ...(at !== undefined && { at }),
      ...(source.trim() !== '' && { source: source.trim() }),
    }).then((said) => {
      props.onSaid(said);
      props.onClose();
    }, setFailure);
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={label(purpose.label, purpose.code)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form className={classes.consentForm} onSubmit={say}>
        <NativeSelect
          data-autofocus
          label={t('consent.said')}
          value={state}
          data={(purpose.active ? (['given', 'withdrawn'] as const) : (['withdrawn'] as const)).map((one) => ({
            value: one,
            label: t(`consent.${one}`),
          }))}
          onChange={(event) => setState(event.currentTarget.value === 'given' ? 'given' : 'withdrawn')}
        />
        {state === 'given' && (
          <blockquote className={classes.consentText} dir="auto">
            {label(purpose.text.text)}
          </blockquote>
        )}
        <DayInput field={labelled('day', 'date', t('consent.day'))} value={day} onChange={setDay} />
        <TextInput
          label={t('consent.source')}
          description={t('consent.sourceHint')}
          maxLength={500}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        {failure !== undefined && (
          <p role="alert" className={classes.consentBad}>
            {problemText(failure)}
          </p>
        )}
        <p className={classes.holdActions}>
          <Button onClick={props.onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled">
            {t('action.save')}
          </Button>
        </p>
      </form>
    </Modal>
  );
}
