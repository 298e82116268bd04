import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconGavel, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Entity } from '../api/model';
import { useLabel } from '../api/session';
import type { RuleMeta } from '../api/types';
import { useT } from '../i18n';
import { State, StateText } from '../ui/states';
import { Tag } from '../ui/Tag';
import { DesignSheet } from './DesignSheet';
import classes from './designer.module.css';
import { ExpressionInput } from './ExpressionInput';
import { labelOf } from './fieldForm';
import type { Planning } from './usePlanning';

interface RuleDraft {
  name: string;
  refuseWhen: string;
  en: string;
  zh: string;
  field: string;
}

const isOwn = (entity: Entity, rule: RuleMeta) => entity.meta.custom === true || rule.name.startsWith('c_');

const ruleOf = (draft: RuleDraft) => ({
  name: draft.name,
  refuseWhen: draft.refuseWhen.trim(),
  message: labelOf(draft.en, draft.zh) ?? {},
  ...(draft.field !== '' && { field: draft.field }),
});

const draftOf = (rule: RuleMeta): RuleDraft => ({
  name: rule.name,
  refuseWhen: rule.refuseWhen,
  en: rule.message.en ?? '',
  zh: rule.message['zh-CN'] ?? '',
  field: rule.field ?? '',
});

/** A name that no other rule has. */
function freeName(rules: readonly RuleMeta[]): string {
  const taken = new Set(rules.map((rule) => rule.name));
  let number = rules.length + 1;
  while (taken.has(`c_rule_${number}`)) {
    number += 1;
  }
  return `c_rule_${number}`;
}

interface RuleSheetProps {
  entity: Entity;
  initial: RuleDraft;
  onClose: () => void;
  onReview: (draft: RuleDraft) => Promise<void>;
}

function RuleSheet({ entity, initial, onClose, onReview }: RuleSheetProps) {
  const t = useT();
  const label = useLabel();
  const [draft, setDraft] = useState(initial);
  const set = (changes: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...changes }));
  return (
    <DesignSheet title={t('design.rule')} onClose={onClose} onReview={() => onReview(draft)}>
      <ExpressionInput
        entity={entity}
        kind="condition"
        label={t('design.refuseWhen')}
        description={t('design.refuseWhenHint', { example: "stage == 'won' && isEmpty(closeDate)" })}
        required
        value={draft.refuseWhen}
        onChange={(refuseWhen) => set({ refuseWhen })}
      />
      <div className={classes.two}>
        <TextInput
          label={t('design.messageEnglish')}
          value={draft.en}
          onChange={(event) => set({ en: event.currentTarget.value })}
        />
        <TextInput
          label={t('design.messageChinese')}
          value={draft.zh}
          onChange={(event) => set({ zh: event.currentTarget.value })}
        />
      </div>
      <NativeSelect
        label={t('design.ruleField')}
        value={draft.field}
        data={[
          { value: '', label: t('design.ruleNoField') },
          ...entity.fields.map((field) => ({ value: field.name, label: label(field.label, field.name) })),
        ]}
        onChange={(event) => set({ field: event.currentTarget.value })}
      />
    </DesignSheet>
  );
}

/** What records of the entity must not be. */
export function RulesTab({ entity, planning }: { entity: Entity; planning: Planning }) {
  const t = useT();
  const label = useLabel();
  const [open, setOpen] = useState<RuleDraft>();
  const rules = entity.meta.rules ?? [];
  const own = rules.filter((rule) => isOwn(entity, rule));
  const title = `${label(entity.meta.label, entity.name)}: ${t('design.rules')}`;
  const changed = (next: readonly object[]) => [
    { op: 'change' as const, component: entity.meta.key ?? entity.name, value: { rules: next } },
  ];
  const save = async (draft: RuleDraft) => {
    const rule = ruleOf(draft);
    const known = own.some((one) => one.name === rule.name);
    await planning.plan(
      title,
      changed(known ? own.map((one) => (one.name === rule.name ? rule : one)) : [...own, rule]),
    );
    setOpen(undefined);
  };
  const add = () => setOpen({ name: freeName(rules), refuseWhen: '', en: '', zh: '', field: '' });
  return (
    <>
      {rules.length === 0 ? (
        <State
          icon={<IconGavel size={22} stroke={1.6} aria-hidden="true" />}
          title={t('design.noRules')}
          actions={<Button onClick={add}>{t('design.newRule')}</Button>}
        >
          <StateText>{t('design.noRulesText')}</StateText>
        </State>
      ) : (
        <>
          <ul className={classes.list} aria-label={t('design.rules')}>
            {rules.map((rule) => (
              <li key={rule.name} className={classes.row}>
                <span className={classes.rowName}>
                  {label(rule.message, rule.name)}
                  <code>{rule.refuseWhen}</code>
                </span>
                {rule.field !== undefined && <Tag>{label(entity.field(rule.field)?.label, rule.field)}</Tag>}
                {isOwn(entity, rule) ? (
                  <>
                    <ActionIcon
                      aria-label={t('design.editNamed', { name: label(rule.message, rule.name) })}
                      onClick={() => setOpen(draftOf(rule))}
                    >
                      <IconPencil size={16} stroke={1.6} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('design.removeNamed', { name: label(rule.message, rule.name) })}
                      onClick={() => planning.planNow(title, changed(own.filter((one) => one !== rule)))}
                    >
                      <IconTrash size={16} stroke={1.6} />
                    </ActionIcon>
                  </>
                ) : (
                  <Tag>{t('design.managed')}</Tag>
                )}
              </li>
            ))}
          </ul>
          <div className={classes.foot}>
            <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={add}>
              {t('design.newRule')}
            </Button>
          </div>
        </>
      )}
      {open !== undefined && (
        <RuleSheet entity={entity} initial={open} onClose={() => setOpen(undefined)} onReview={save} />
      )}
    </>
  );
}
