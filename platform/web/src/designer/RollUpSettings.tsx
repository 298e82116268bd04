import { NativeSelect, TextInput } from '@mantine/core';
import type { Entity, Model } from '../api/model';
import { useLabel, useModel } from '../api/session';
import { ROLL_UP_FUNCTIONS, type RollUpMeta } from '../api/types';
import { useT } from '../i18n';
import classes from './designer.module.css';
import type { FieldDraft, RollUpDraft } from './fieldForm';
import type { SetDraft } from './OptionsEditor';
import { type RollUpWay, rollUpFields, rollUpWays, wayOf } from './rollUpForm';

function useWayText(model: Model): (way: RollUpWay) => string {
  const t = useT();
  const label = useLabel();
  const plural = (name: string) => {
    const entity = model.entity(name);
    return label(entity?.meta.pluralLabel, name);
  };
  return (way) => {
    const holder = model.entity(way.through === '' ? way.of : way.through);
    const lookup = label(holder?.field(way.by)?.label, way.by);
    if (way.tree) {
      return t('design.rollUp.tree', { name: plural(way.of), lookup });
    }
    return way.through === ''
      ? t('design.rollUp.by', { name: plural(way.of), lookup })
      : t('design.rollUp.through', { name: plural(way.of), link: plural(way.through) });
  };
}

/** Of which records a roll-up is reckoned, and how. */
export function RollUpSettings({ entity, draft, set }: { entity: Entity; draft: FieldDraft; set: SetDraft }) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const wayText = useWayText(model);
  const { rollUp } = draft;
  const change = (changes: Partial<RollUpDraft>) => set({ rollUp: { ...rollUp, ...changes } });
  const ways = rollUpWays(model, entity);
  const source = model.entity(rollUp.of);
  const named = (fields: readonly { name: string; label: Parameters<typeof label>[0] }[]) => [
    { value: '', label: '' },
    ...fields.map((field) => ({ value: field.name, label: label(field.label, field.name) })),
  ];
  const ordered = rollUp.function === 'first' || rollUp.function === 'last';
  const functions = ROLL_UP_FUNCTIONS.filter((name) => !rollUp.tree || ['count', 'sum', 'min', 'max'].includes(name));
  return (
    <fieldset className={classes.options}>
      <legend>{t('design.type.rollUp')}</legend>
      <NativeSelect
        label={t('design.rollUp.of')}
        required
        value={wayOf(rollUp)}
        data={[{ value: '', label: '' }, ...ways.map((way) => ({ value: wayOf(way), label: wayText(way) }))]}
        onChange={(event) => {
          const chosen = ways.find((way) => wayOf(way) === event.currentTarget.value);
          change({ ...(chosen ?? { of: '', by: '', through: '', tree: false }), field: '', orderBy: '' });
        }}
      />
      <div className={classes.two}>
        <NativeSelect
          label={t('design.rollUp.function')}
          value={rollUp.function}
          data={functions.map((name) => ({ value: name, label: t(`design.rollUp.${name}`) }))}
          onChange={(event) => change({ function: event.currentTarget.value as RollUpMeta['function'], field: '' })}
        />
        {rollUp.function !== 'count' && source !== undefined && (
          <NativeSelect
            label={t('design.rollUp.field')}
            required
            value={rollUp.field}
            data={named(rollUpFields(source, rollUp.function))}
            onChange={(event) => change({ field: event.currentTarget.value })}
          />
        )}
        {ordered && source !== undefined && (
          <NativeSelect
            label={t('design.rollUp.orderBy')}
            required
            value={rollUp.orderBy}
            data={named([...source.fields, ...source.systemFields()].filter((field) => field.sortable !== false))}
            onChange={(event) => change({ orderBy: event.currentTarget.value })}
          />
        )}
      </div>
      <TextInput
        label={t('design.rollUp.filter')}
        description={t('design.rollUp.filterHint')}
        classNames={{ input: classes.code ?? '' }}
        placeholder="stage eq 'won' and amount gt 0"
        value={rollUp.filter}
        onChange={(event) => change({ filter: event.currentTarget.value })}
      />
    </fieldset>
  );
}
