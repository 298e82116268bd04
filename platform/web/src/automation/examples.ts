import type { Model } from '../api/model';
import { type Draft, newDraft, newStep, settable, TRIGGER } from './draft';
import type { Words } from './sentence';

/** Two automations to begin with, made of what the tenant has. */
export function examplesOf(model: Model, { t }: Words, users: readonly string[]): Draft[] {
  const entity = model.entities.find((one) => one.stageField() !== undefined) ?? model.entities[0];
  if (entity === undefined) {
    return [];
  }
  const stage = entity.stageField();
  const name = entity.nameField.property;
  const date = entity.fields.findLast((field) => field.type === 'date' && settable(entity).includes(field));
  const blank = newDraft(entity.name);
  const told: Draft = {
    ...blank,
    name: t('automation.example.told'),
    trigger: { ...TRIGGER, on: 'updated', fields: stage === undefined ? [] : [stage.property] },
    steps: [
      newStep('notify', {
        to: ['owner'],
        text:
          stage === undefined
            ? t('automation.example.savedText', { name: `{${name}}` })
            : t('automation.example.toldText', { name: `{${name}}`, value: `{${stage.property}}` }),
      }),
    ],
  };
  const shared: Draft = {
    ...blank,
    name: t('automation.example.shared'),
    trigger: { ...TRIGGER, on: 'created' },
    steps: [
      newStep('assign', { owners: users }),
      newStep('notify', { to: ['owner'], text: t('automation.example.sharedText', { name: `{${name}}` }) }),
    ],
  };
  const reminded: Draft = {
    ...blank,
    name: t('automation.example.reminded'),
    trigger: { ...TRIGGER, on: 'date', field: date?.property ?? '', days: '7', side: 'before' },
    steps: [newStep('notify', { to: ['owner'], text: t('automation.example.remindedText', { name: `{${name}}` }) })],
  };
  return [told, date === undefined ? shared : reminded];
}
