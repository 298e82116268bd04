import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { ApiProblem } from '../api/problem';
import { useFormat, useLabel, useModel } from '../api/session';
import type { FieldType } from '../api/types';
import { useT } from '../i18n';
import { useProblemText } from '../ui/useProblemText';
import classes from './designer.module.css';
import { FUNCTIONS } from './functions';
import { type Trial, type TrialInput, tryExpression } from './trials';

/** What the expression is for: whether something holds, what a field shows, or what it begins with. */
export type ExpressionKind = 'condition' | 'formula' | 'default';

const TYPING_MS = 400;
const SHOWN = 3;

function Sample({ entity, sample }: { entity: Entity; sample: Trial['samples'][number] }) {
  const t = useT();
  const shown = (value: unknown) => (value === null || value === undefined ? '–' : String(value));
  const reads = Object.entries(sample.reads).map(([path, value]) => `${path} = ${shown(value)}`);
  return (
    <li>
      <Link className={classes.sample ?? ''} to={`/${entity.setName}/${sample.id}`} target="_blank">
        {sample.value === undefined ? t('design.trial.record') : shown(sample.value)}
      </Link>
      {reads.length > 0 && <code>{reads.join(', ')}</code>}
    </li>
  );
}

/** Those of which something came, before those of which nothing did. */
function telling(samples: Trial['samples']): Trial['samples'] {
  const full = samples.filter((sample) => sample.value !== undefined && sample.value !== null);
  return [...full, ...samples.filter((sample) => !full.includes(sample))].slice(0, SHOWN);
}

function Outcome({ entity, trial }: { entity: Entity; trial: Trial }) {
  const t = useT();
  const format = useFormat();
  const records = format.number(trial.records);
  const type = trial.type as FieldType | undefined;
  return (
    <>
      {type === undefined
        ? t('design.trial.holds', { count: trial.refused ?? 0, records })
        : t('design.trial.gives', { type: t(`design.type.${type}`), count: trial.empty ?? 0, records })}
      {trial.tooCostly > 0 && ` ${t('design.trial.tooCostly', { count: trial.tooCostly })}`}
      {trial.samples.length > 0 && (
        <ul>
          {telling(trial.samples).map((sample) => (
            <Sample key={sample.id} entity={entity} sample={sample} />
          ))}
        </ul>
      )}
    </>
  );
}

/** What the expression says of the newest records, while it is written. */
function LiveCheck({ entity, input, kind }: { entity: Entity; input: TrialInput; kind: ExpressionKind }) {
  const t = useT();
  const problemText = useProblemText();
  const [asked] = useDebouncedValue(input, TYPING_MS);
  const text = asked.refuseWhen ?? asked.expression ?? '';
  const { data, error } = useQuery({
    queryKey: ['trial', asked],
    queryFn: ({ signal }) => tryExpression(asked, signal),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (text.trim() === '') {
    return null;
  }
  const wrong = error instanceof ApiProblem ? error.violations.map((one) => one.message) : [];
  const problems = error === null ? [] : wrong.length > 0 ? wrong : [problemText(error)];
  const type = data?.type as FieldType | undefined;
  return (
    <div className={classes.trial} data-wrong={problems.length > 0 || undefined} role="status">
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
      {problems.length === 0 &&
        data !== undefined &&
        (kind === 'default' && type !== undefined ? (
          t('design.trial.type', { type: t(`design.type.${type}`) })
        ) : (
          <Outcome entity={entity} trial={data} />
        ))}
    </div>
  );
}

interface PickProps {
  text: string;
  groups: readonly { label: string; items: readonly { value: string; label: string }[] }[];
  onPick: (value: string) => void;
}

/** Chooses something to be put into a text where the caret stands. */
export function Pick({ text, groups, onPick }: PickProps) {
  return (
    <select className={classes.pick} aria-label={text} value="" onChange={(event) => onPick(event.currentTarget.value)}>
      <option value="">{text}</option>
      {groups.map((group) => (
        <optgroup key={group.label} label={group.label}>
          {group.items.map((item) => (
            <option key={item.value} value={item.value}>
              {item.label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function useFieldGroups(entity: Entity) {
  const label = useLabel();
  const model = useModel();
  const named = (of: Entity, before: string) =>
    [...of.fields, ...of.systemFields()]
      .filter((field) => field.type !== 'encryptedText' && field.filterable !== false)
      .map((field) => ({ value: before + field.name, label: label(field.label, field.name) }));
  const over = entity.fields.flatMap((field) => {
    const target = field.type === 'lookup' ? model.target(field) : undefined;
    return target === undefined
      ? []
      : [{ label: label(field.label, field.name), items: named(target, `${field.name}.`) }];
  });
  return [{ label: label(entity.meta.label, entity.name), items: named(entity, '') }, ...over];
}

interface ExpressionProps {
  entity: Entity;
  kind: ExpressionKind;
  label: string;
  description?: string | undefined;
  value: string;
  scale?: number | undefined;
  required?: boolean;
  error?: string | undefined;
  onChange: (value: string) => void;
}

/** Writes an expression, with the fields and functions at hand, checked against the newest records meanwhile. */
export function ExpressionInput(props: ExpressionProps) {
  const { entity, kind, value, onChange } = props;
  const t = useT();
  const area = useRef<HTMLTextAreaElement>(null);
  const fields = useFieldGroups(entity);
  const functions = FUNCTIONS.map((group) => ({
    label: t(`design.functions.${group.of}`),
    items: group.names.map((name) => ({ value: name, label: name })),
  }));
  const insert = (text: string) => {
    if (text === '') {
      return;
    }
    const { selectionStart: start, selectionEnd: end } = area.current ?? {
      selectionStart: value.length,
      selectionEnd: value.length,
    };
    onChange(value.slice(0, start) + text + value.slice(end));
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(start + text.length, start + text.length);
    });
  };
  const input: TrialInput =
    kind === 'condition'
      ? { entity: entity.name, refuseWhen: value }
      : { entity: entity.name, expression: value, ...(props.scale !== undefined && { scale: props.scale }) };
  return (
    <div className={classes.expression}>
      <Textarea
        ref={area}
        label={props.label}
        description={props.description}
        required={props.required ?? false}
        error={props.error}
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: classes.code ?? '' }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes.picks}>
        <Pick text={t('design.insertField')} groups={fields} onPick={insert} />
        <Pick text={t('design.insertFunction')} groups={functions} onPick={insert} />
      </div>
      <LiveCheck entity={entity} input={input} kind={kind} />
    </div>
  );
}
