import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import type { Entity } from '../api/model';
import { useLabel } from '../api/session';
import { useT } from '../i18n';
import classes from './designer.module.css';
import { ExpressionInput } from './ExpressionInput';
import type { FieldDraft, OptionDraft } from './fieldForm';

const COLORS = ['', 'gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'indigo', 'purple', 'pink'] as const;

export type SetDraft = (changes: Partial<FieldDraft>) => void;

interface OptionProps {
  entity: Entity;
  draft: FieldDraft;
  option: OptionDraft;
  own: boolean;
  onChange: (changes: Partial<OptionDraft>) => void;
}

/** Beside which values of another picklist, and when, the option can be chosen. */
function WhenChosen({ entity, draft, option, own, onChange }: OptionProps) {
  const t = useT();
  const label = useLabel();
  const parent = draft.dependsOn === '' ? undefined : entity.field(draft.dependsOn);
  return (
    <details className={classes.more} open={option.when !== ''}>
      <summary>{t('design.optionWhen')}</summary>
      {own && parent !== undefined && (
        <fieldset className={classes.under}>
          <legend>{t('design.under', { name: label(parent.label, parent.name) })}</legend>
          {(parent.options ?? []).map(({ value, label: text }) => (
            <Checkbox
              key={value}
              label={label(text, value)}
              checked={option.under.includes(value)}
              onChange={(event) =>
                onChange({
                  under: event.currentTarget.checked
                    ? [...option.under, value]
                    : option.under.filter((one) => one !== value),
                })
              }
            />
          ))}
        </fieldset>
      )}
      <ExpressionInput
        entity={entity}
        kind="condition"
        label={t('design.chosenWhen')}
        value={option.when}
        onChange={(when) => onChange({ when })}
      />
    </details>
  );
}

/** The choices of a picklist, in the order in which they are offered. */
export function OptionsEditor(props: { entity: Entity; draft: FieldDraft; set: SetDraft; own: boolean }) {
  const { entity, draft, set, own } = props;
  const t = useT();
  const label = useLabel();
  const change = (at: number, changes: Partial<OptionDraft>) =>
    set({ options: draft.options.map((option, place) => (place === at ? { ...option, ...changes } : option)) });
  const move = (at: number, by: number) => {
    const options = [...draft.options];
    const [moved] = options.splice(at, 1);
    if (moved !== undefined) {
      options.splice(at + by, 0, moved);
      set({ options });
    }
  };
  const add = () => {
    const key = Math.max(-1, ...draft.options.map((option) => option.key)) + 1;
    const option = { key, value: '', en: '', zh: '', color: '', active: true, under: [], when: '' };
    set({ options: [...draft.options, option] });
  };
  const parents = entity.fields.filter((field) => field.type === 'picklist' && field.name !== draft.name);
  return (
    <fieldset className={classes.options}>
      <legend>{t('design.options')}</legend>
      {own && parents.length > 0 && (
        <NativeSelect
          label={t('design.dependsOn')}
          value={draft.dependsOn}
          data={[
            { value: '', label: t('design.dependsOnNothing') },
            ...parents.map((field) => ({ value: field.name, label: label(field.label, field.name) })),
          ]}
          onChange={(event) => set({ dependsOn: event.currentTarget.value })}
        />
      )}
      {draft.options.map((option, place) => (
        <div key={option.key} className={classes.option}>
          <TextInput
            label={t('design.optionValue')}
            value={option.value}
            readOnly={!own}
            onChange={(event) => change(place, { value: event.currentTarget.value })}
          />
          <TextInput
            label={t('design.english')}
            value={option.en}
            onChange={(event) => change(place, { en: event.currentTarget.value })}
          />
          <TextInput
            label={t('design.chinese')}
            value={option.zh}
            onChange={(event) => change(place, { zh: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('design.color')}
            value={option.color}
            data={COLORS.map((color) => ({ value: color, label: color === '' ? '–' : t(`design.color.${color}`) }))}
            onChange={(event) => change(place, { color: event.currentTarget.value })}
          />
          <div className={classes.optionActions}>
            <Checkbox
              label={t('design.active')}
              checked={option.active}
              onChange={(event) => change(place, { active: event.currentTarget.checked })}
            />
            <ActionIcon disabled={place === 0} aria-label={t('design.up')} onClick={() => move(place, -1)}>
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              disabled={place === draft.options.length - 1}
              aria-label={t('design.down')}
              onClick={() => move(place, 1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
          </div>
          <WhenChosen
            entity={entity}
            draft={draft}
            option={option}
            own={own}
            onChange={(changes) => change(place, changes)}
          />
        </div>
      ))}
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={add}>
        {t('design.addOption')}
      </Button>
    </fieldset>
  );
}
