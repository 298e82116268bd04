import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type ConsentPurpose, createPurpose, replacePurpose, words, writeText } from '../api/consents';
import { ApiProblem } from '../api/problem';
import { useT } from '../i18n';
import { useProblemText } from '../ui/useProblemText';
import classes from './settings.module.css';

/** Says what is wrong: beside a field where that is known. */
function useFailure() {
  const problemText = useProblemText();
  const [failure, setFailure] = useState<unknown>();
  const violations = failure instanceof ApiProblem ? failure.violations : [];
  return {
    fail: setFailure,
    wrong: (field: string) => violations.find((one) => one.field === field)?.message,
    text: (known: readonly string[]) => {
      const others = violations.filter((one) => !known.includes(one.field ?? ''));
      if (failure === undefined || (violations.length > 0 && others.length === 0)) {
        return undefined;
      }
      return others.length > 0 ? others.map((one) => one.message).join(' ') : problemText(failure);
    },
  };
}

function Foot({ text, onClose }: { text: string | undefined; onClose: () => void }) {
  const t = useT();
  return (
    <>
      {text !== undefined && (
        <p role="alert" className={classes.bad}>
          {text}
        </p>
      )}
      <div className={classes.formActions}>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" variant="filled">
          {t('action.save')}
        </Button>
      </div>
    </>
  );
}

function TextFields(props: {
  en: string;
  zh: string;
  error: string | undefined;
  onEn: (text: string) => void;
  onZh: (text: string) => void;
}) {
  const t = useT();
  return (
    <>
      <Textarea
        label={t('consent.shown', { language: 'English' })}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={4000}
        lang="en"
        error={props.error}
        value={props.en}
        onChange={(event) => props.onEn(event.currentTarget.value)}
      />
      <Textarea
        label={t('consent.shown', { language: '中文' })}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={4000}
        lang="zh-CN"
        value={props.zh}
        onChange={(event) => props.onZh(event.currentTarget.value)}
      />
    </>
  );
}

/** Another text: another version, for whoever is asked from now on. */
export function TextForm(props: { purpose: ConsentPurpose; onSaved: () => void; onClose: () => void }) {
  const t = useT();
  const failure = useFailure();
  const [en, setEn] = useState(props.purpose.text.text.en ?? '');
  const [zh, setZh] = useState(props.purpose.text.text['zh-CN'] ?? '');
  const save = (event: FormEvent) => {
    event.preventDefault();
    writeText(props.purpose.id, words(en, zh)).then(props.onSaved, failure.fail);
  };
  return (
    <form className={classes.webhookForm} onSubmit={save} noValidate>
      <p className={classes.dialogText}>{t('consent.newTextHint')}</p>
      <TextFields en={en} zh={zh} error={failure.wrong('text')} onEn={setEn} onZh={setZh} />
      <Foot text={failure.text(['text'])} onClose={props.onClose} />
    </form>
  );
}

/** A purpose: what it is called, for how long its consents count, and at first what people are shown. */
export function PurposeForm(props: { purpose?: ConsentPurpose; onSaved: () => void; onClose: () => void }) {
  const { purpose } = props;
  const t = useT();
  const failure = useFailure();
  const [labelEn, setLabelEn] = useState(purpose?.label.en ?? '');
  const [labelZh, setLabelZh] = useState(purpose?.label['zh-CN'] ?? '');
  const [code, setCode] = useState('');
  const [months, setMonths] = useState(purpose?.months === undefined ? '' : String(purpose.months));
  const [active, setActive] = useState(purpose?.active ?? true);
  const [en, setEn] = useState('');
  const [zh, setZh] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    const body = {
      label: words(labelEn, labelZh),
      ...(months !== '' && { months: Number(months) }),
      active,
    };
    (purpose === undefined
      ? createPurpose({ ...body, code: code.trim(), text: words(en, zh) })
      : replacePurpose(purpose.id, body)
    ).then(props.onSaved, failure.fail);
  };
  return (
    <form className={classes.webhookForm} onSubmit={save} noValidate>
      <TextInput
        data-autofocus
        label={t('consent.name', { language: 'English' })}
        maxLength={100}
        error={failure.wrong('label')}
        value={labelEn}
        onChange={(event) => setLabelEn(event.currentTarget.value)}
      />
      <TextInput
        label={t('consent.name', { language: '中文' })}
        maxLength={100}
        value={labelZh}
        onChange={(event) => setLabelZh(event.currentTarget.value)}
      />
      {purpose === undefined && (
        <TextInput
          label={t('consent.code')}
          description={t('consent.codeHint')}
          required
          maxLength={50}
          error={failure.wrong('code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t('consent.months')}
        description={t('consent.monthsHint')}
        inputMode="numeric"
        error={failure.wrong('months')}
        value={months}
        onChange={(event) => setMonths(event.currentTarget.value.replace(/\D/g, '').slice(0, 4))}
      />
      {purpose === undefined && <TextFields en={en} zh={zh} error={failure.wrong('text')} onEn={setEn} onZh={setZh} />}
      {purpose !== undefined && (
        <Checkbox
          label={t('consent.active')}
          description={t('consent.activeHint')}
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
      )}
      <Foot text={failure.text(['label', 'code', 'months', 'text'])} onClose={props.onClose} />
    </form>
  );
}
