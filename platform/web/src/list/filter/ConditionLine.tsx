import { ActionIcon, type ComboboxItem, type ComboboxParsedItem, type OptionsFilter, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { useT } from '../../i18n';
import { type Condition, type Operator, operatorsFor, placeKey, takesValue } from './conditions';
import type { DraftLine } from './draft';
import classes from './filter.module.css';
import { type Choice, startWith } from './useChoices';
import { useItemName, useOperatorText } from './useItemText';
import { ValueEditor } from './ValueEditor';

const SHOWN = 60;

/** Fields in whose way all typed words occur, near ones first, still under their headings. */
const byWords: OptionsFilter = ({ options, search }) => {
  const words = search
    .toLowerCase()
    .split(/[\s›]+/)
    .filter(Boolean);
  const matches = (item: ComboboxItem) => words.every((word) => item.label.toLowerCase().includes(word));
  let left = SHOWN;
  return (options as ComboboxParsedItem[]).flatMap((option) => {
    if (!('group' in option)) {
      return [];
    }
    const items = (option.items as ComboboxItem[]).filter(matches).slice(0, left);
    left -= items.length;
    return items.length === 0 ? [] : [{ ...option, items }];
  });
};

function grouped(choices: readonly Choice[]) {
  const groups = new Map<string, ComboboxItem[]>();
  for (const { group, key, text } of choices) {
    const items = groups.get(group) ?? [];
    groups.set(group, items);
    items.push({ value: key, label: text });
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}

function changedOperator(condition: Condition, operator: Operator): Condition {
  const apart = operator === 'during' || condition.operator === 'during';
  const values = !apart ? condition.values : operator === 'during' ? ['ThisMonth'] : [];
  return { ...condition, operator, values };
}

interface LineProps {
  line: DraftLine;
  choices: readonly Choice[];
  autoFocus: boolean;
  onChange: (condition: Condition | undefined) => void;
  onRemove: () => void;
}

/** One condition: what is asked, how, and for what. */
export function ConditionLine({ line, choices, autoFocus, onChange, onRemove }: LineProps) {
  const t = useT();
  const operatorText = useOperatorText();
  const itemName = useItemName();
  const { condition } = line;
  const data = useMemo(() => grouped(choices), [choices]);
  const box = useRef<HTMLDivElement>(null);
  // A line that is added later finds the dialog's focus elsewhere.
  useEffect(() => {
    if (autoFocus) {
      [...(box.current?.querySelectorAll<HTMLElement>('input:not([type="hidden"])') ?? [])].at(-1)?.focus();
    }
  }, [autoFocus]);
  const name = condition === undefined ? t('filter.field') : itemName(condition);
  return (
    <div ref={box} className={classes.line}>
      <Select
        aria-label={t('filter.field')}
        placeholder={t('filter.chooseField')}
        searchable
        allowDeselect={false}
        data-autofocus={(autoFocus && condition === undefined) || undefined}
        data={data}
        filter={byWords}
        nothingFoundMessage={t('lookup.noMatch')}
        value={condition === undefined ? null : placeKey(condition)}
        onChange={(key) => {
          const choice = choices.find((candidate) => candidate.key === key);
          onChange(choice && startWith(choice));
        }}
      />
      {condition !== undefined && (
        <Select
          aria-label={`${name}: ${t('filter.operator')}`}
          allowDeselect={false}
          data={operatorsFor(condition.field.type).map((operator) => ({
            value: operator,
            label: operatorText(operator, condition.field),
          }))}
          value={condition.operator}
          onChange={(next) => next !== null && onChange(changedOperator(condition, next))}
        />
      )}
      {condition !== undefined && takesValue(condition.operator) && (
        <ValueEditor
          key={`${placeKey(condition)} ${condition.operator}`}
          condition={condition}
          label={`${name}: ${t('filter.value')}`}
          onChange={(values) => onChange({ ...condition, values })}
          autoFocus={autoFocus}
        />
      )}
      <ActionIcon className={classes.lineRemove ?? ''} aria-label={t('filter.remove', { name })} onClick={onRemove}>
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}
