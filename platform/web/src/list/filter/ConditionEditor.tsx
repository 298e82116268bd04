import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Entity } from '../../api/model';
import { useLabel, useModel } from '../../api/session';
import type { FieldMeta } from '../../api/types';
import { useT } from '../../i18n';
import { Kbd } from '../../ui/Tag';
import { type Condition, isComplete, operatorsFor, takesValue } from './conditions';
import classes from './filter.module.css';
import { useOperatorText } from './useItemText';
import { ValueEditor } from './ValueEditor';

interface Choice {
  key: string;
  text: string;
  group: string;
  field: FieldMeta;
  via?: FieldMeta;
}

function filterable(field: FieldMeta): boolean {
  return field.filterable !== false;
}

/** Own fields first, then the fields of what each lookup points to. */
function useChoices(entity: Entity): Choice[] {
  const model = useModel();
  const label = useLabel();
  return useMemo(() => {
    const own = [...entity.fields, ...entity.systemFields()].filter(filterable).map((field) => ({
      key: field.name,
      text: label(field.label, field.name),
      group: label(entity.meta.label, entity.name),
      field,
    }));
    const through = entity.fields.flatMap((via) => {
      const target = via.type === 'lookup' && via.navigation !== undefined ? model.target(via) : undefined;
      return (target?.fields ?? []).filter(filterable).map((field) => ({
        key: `${via.name}/${field.name}`,
        text: `${label(via.label, via.name)} › ${label(field.label, field.name)}`,
        group: label(via.label, via.name),
        field,
        via,
      }));
    });
    return [...own, ...through];
  }, [entity, model, label]);
}

function grouped(choices: readonly Choice[]) {
  const groups = [...new Set(choices.map((choice) => choice.group))];
  return groups.map((group) => ({
    group,
    items: choices
      .filter((choice) => choice.group === group)
      .map((choice) => ({ value: choice.key, label: choice.text })),
  }));
}

function startWith(choice: Choice): Condition {
  const [operator = 'eq'] = operatorsFor(choice.field.type);
  const values = choice.field.type === 'boolean' ? ['true'] : [];
  return { field: choice.field, ...(choice.via && { via: choice.via }), operator, values };
}

interface EditorProps {
  entity: Entity;
  initial?: Condition;
  onApply: (condition: Condition) => void;
  onCancel: () => void;
}

export default function ConditionEditor({ entity, initial, onApply, onCancel }: EditorProps) {
  const t = useT();
  const choices = useChoices(entity);
  const operatorText = useOperatorText();
  const [condition, setCondition] = useState(initial);
  const inside = { withinPortal: false };
  const apply = () => {
    if (condition !== undefined && isComplete(condition)) {
      onApply(condition);
    }
  };
  const key = condition && (condition.via ? `${condition.via.name}/${condition.field.name}` : condition.field.name);
  return (
    <form
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Select
        label={t('filter.field')}
        placeholder={t('filter.chooseField')}
        searchable
        data-autofocus={initial === undefined || undefined}
        data={grouped(choices)}
        value={key ?? null}
        comboboxProps={inside}
        onChange={(next) => {
          const choice = choices.find((candidate) => candidate.key === next);
          setCondition(choice && startWith(choice));
        }}
      />
      {condition !== undefined && (
        <Select
          label={t('filter.operator')}
          allowDeselect={false}
          data={operatorsFor(condition.field.type).map((operator) => ({
            value: operator,
            label: operatorText(operator, condition.field),
          }))}
          value={condition.operator}
          comboboxProps={inside}
          onChange={(next) => setCondition({ ...condition, operator: (next ?? condition.operator) as never })}
        />
      )}
      {condition !== undefined && takesValue(condition.operator) && (
        <ValueEditor
          condition={condition}
          onChange={(values) => setCondition({ ...condition, values })}
          autoFocus={initial !== undefined}
        />
      )}
      <div className={classes.editorFoot}>
        <Button onClick={onCancel} rightSection={<Kbd>Esc</Kbd>}>
          {t('action.cancel')}
        </Button>
        <Button
          type="submit"
          variant="filled"
          disabled={condition === undefined || !isComplete(condition)}
          rightSection={<Kbd>↵</Kbd>}
        >
          {t('action.apply')}
        </Button>
      </div>
    </form>
  );
}
