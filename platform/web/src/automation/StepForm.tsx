import { MultiSelect, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useLabel, useModel, useUsers } from '../api/session';
import { Pick } from '../designer/ExpressionInput';
import { useT } from '../i18n';
import classes from './automation.module.css';
import { ConditionInput } from './ConditionInput';
import { settable } from './draft';
import { Settings } from './Settings';
import type { CardProps } from './StepCard';
import { StepList } from './StepList';

function usePeople() {
  return [...useUsers().values()].map((user) => ({ value: user.id, label: user.displayName }));
}

function CreateForm(props: CardProps) {
  const { step, path, errors, entity, onChange } = props;
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const made = model.entity(step.entity);
  return (
    <>
      <NativeSelect
        label={t('automation.made')}
        error={errors[`${path}.entity`]}
        value={step.entity}
        data={[
          { value: '', label: t('form.nothingChosen') },
          ...model.entities.map((one) => ({ value: one.name, label: label(one.meta.label, one.name) })),
        ]}
        onChange={(event) => onChange({ ...step, entity: event.currentTarget.value, settings: [] })}
      />
      {made !== undefined && (
        <Settings
          entity={made}
          on={entity}
          linked
          settings={step.settings}
          path={path}
          errors={errors}
          onChange={(settings) => onChange({ ...step, settings })}
        />
      )}
    </>
  );
}

function AssignForm({ step, path, errors, onChange }: CardProps) {
  const t = useT();
  return (
    <MultiSelect
      label={t('automation.owners')}
      description={t('automation.ownersHint')}
      error={errors[`${path}.owners`]}
      searchable
      data={usePeople()}
      value={[...step.owners]}
      onChange={(owners) => onChange({ ...step, owners })}
    />
  );
}

/** What has no room in a line of text. */
const UNSPEAKABLE: readonly string[] = [
  'lookup',
  'user',
  'multiPicklist',
  'tags',
  'address',
  'geo',
  'json',
  'file',
  'image',
  'encryptedText',
];

function NotifyForm({ step, path, errors, entity, onChange }: CardProps) {
  const t = useT();
  const label = useLabel();
  const area = useRef<HTMLTextAreaElement>(null);
  const people = usePeople();
  const insert = (property: string) => {
    if (property !== '') {
      const at = area.current?.selectionStart ?? step.text.length;
      onChange({ ...step, text: `${step.text.slice(0, at)}{${property}}${step.text.slice(at)}` });
      area.current?.focus();
    }
  };
  const fields = [
    {
      label: label(entity.meta.label, entity.name),
      items: entity.fields
        .filter((field) => !UNSPEAKABLE.includes(field.type))
        .map((field) => ({ value: field.property, label: label(field.label, field.name) })),
    },
  ];
  return (
    <>
      <MultiSelect
        label={t('automation.to')}
        error={errors[`${path}.to`]}
        searchable
        data={[
          { value: 'owner', label: t('automation.who.owner') },
          { value: 'creator', label: t('automation.who.creator') },
          ...people,
        ]}
        value={[...step.to]}
        onChange={(to) => onChange({ ...step, to })}
      />
      <div>
        <Textarea
          ref={area}
          label={t('automation.text')}
          description={t('automation.textHint', { example: `{${entity.nameField.property}}` })}
          error={errors[`${path}.text`]}
          required
          autosize
          minRows={1}
          maxRows={6}
          value={step.text}
          onChange={(event) => onChange({ ...step, text: event.currentTarget.value })}
        />
        <div className={classes.picks}>
          <Pick text={t('design.insertField')} groups={fields} onPick={insert} />
        </div>
      </div>
    </>
  );
}

function WaitForm({ step, path, errors, onChange }: CardProps) {
  const t = useT();
  return (
    <div className={classes.three}>
      {(['days', 'hours', 'minutes'] as const).map((unit) => (
        <TextInput
          key={unit}
          label={t(`automation.unit.${unit}`)}
          inputMode="numeric"
          error={errors[`${path}.${unit}`]}
          value={step[unit]}
          onChange={(event) => onChange({ ...step, [unit]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}

function BranchForm(props: CardProps) {
  const { step, path, errors, entity, depth, onChange } = props;
  const t = useT();
  const lists = [
    { name: 'then', label: t('automation.then'), steps: step.held, put: 'held' },
    { name: 'else', label: t('automation.otherwise'), steps: step.otherwise, put: 'otherwise' },
  ] as const;
  return (
    <>
      <ConditionInput
        entity={entity}
        label={t('automation.if')}
        required
        value={step.condition}
        error={errors[`${path}.if`]}
        onChange={(condition) => onChange({ ...step, condition })}
      />
      {lists.map(({ name, label, steps, put }) => (
        <fieldset key={name} className={classes.way}>
          <legend>{label}</legend>
          <StepList
            {...props}
            steps={steps}
            label={label}
            path={`${path}.${name}`}
            depth={depth + 1}
            onChange={(next) => onChange({ ...step, [put]: next })}
          />
        </fieldset>
      ))}
    </>
  );
}

/** What a step says, by what it does. */
export function StepForm(props: CardProps) {
  const { step, path, errors, entity, onChange } = props;
  const t = useT();
  switch (step.do) {
    case 'update':
      return settable(entity).length === 0 ? null : (
        <Settings
          entity={entity}
          on={entity}
          settings={step.settings}
          path={path}
          errors={errors}
          onChange={(settings) => onChange({ ...step, settings })}
        />
      );
    case 'create':
      return <CreateForm {...props} />;
    case 'assign':
      return <AssignForm {...props} />;
    case 'notify':
      return <NotifyForm {...props} />;
    case 'wait':
      return <WaitForm {...props} />;
    case 'branch':
      return <BranchForm {...props} />;
    case 'stop':
      return <p className={classes.meta}>{t('automation.stopHint')}</p>;
  }
}
