import { beforeAll, describe, expect, it } from 'vitest';
import { writeJson } from '../src/api/json';
import type { Lang } from '../src/api/types';
import { type Definition, type Step, stepAt } from '../src/automation/automations';
import { readDefinition, writeDefinition } from '../src/automation/definition';
import {
  draftFrom,
  draftText,
  linksFor,
  newDraft,
  newSetting,
  newStep,
  onEntity,
  settable,
  stepCount,
  stepNumber,
} from '../src/automation/draft';
import { examplesOf } from '../src/automation/examples';
import { both, comparable, writeExpression } from '../src/automation/expression';
import { placed } from '../src/automation/places';
import { sayAutomation, sayExpression, type Words } from '../src/automation/sentence';
import { prepare, translate, withMore } from '../src/i18n';
import type { Condition } from '../src/list/filter/conditions';
import { choicesOf } from '../src/list/filter/useChoices';
import { known, model } from './fixtures';

const ZONE = 'Europe/Oslo';
const opportunity = known('opportunity');
const users: Record<string, string> = { u1: 'Alice', u2: '李伟' };

const words = (lang: Lang): Words => ({
  t: (key, params) => translate(lang, key, params),
  lang,
  model,
  user: (id) => users[id] ?? '?',
  scalar: (field, value) => (field.type === 'money' ? `$${value}` : undefined),
});

const definition = (more: Partial<Definition> = {}): Definition => ({
  name: 'Won',
  entity: 'opportunity',
  trigger: { on: 'updated', fields: ['stage'] },
  condition: null,
  steps: [{ do: 'stop' }],
  active: true,
  ...more,
});

/** One step of each kind, within each other. */
const EVERYTHING: readonly Step[] = [
  { do: 'update', values: { stage: 'won', closeDate: null }, formulas: { amount: 'amount * 2' } },
  { do: 'assign', owners: ['u1', 'u2'] },
  { do: 'wait', days: 3, hours: 0, minutes: 30 },
  {
    do: 'branch',
    if: 'amount > 1000',
    // biome-ignore lint/suspicious/noThenProperty: the word that the API has for it
    then: [{ do: 'notify', to: ['owner', 'u2'], text: '{name} is won' }, { do: 'stop' }],
    else: [{ do: 'create', entity: 'account', values: { name: 'X' }, links: { parentId: 'accountId' } }],
  },
];

beforeAll(async () => {
  await withMore(Promise.resolve());
  await prepare('en');
  await prepare('zh-CN');
});

describe('an automation in a sentence', () => {
  it('is said in English', () => {
    expect(
      sayAutomation(words('en'), definition({ condition: "amount >= 1000 && stage == 'won'", steps: EVERYTHING })),
    ).toBe(
      'When stage of an opportunity changes, if amount ≥ 1000 and stage is Won: ' +
        'set stage to Won, closeDate to nothing and amount to amount * 2, then hand it in turn to Alice and 李伟, ' +
        'then wait 3 days 30 minutes, then if amount > 1000 (notify the owner and 李伟, then end), otherwise (create an account).',
    );
  });

  it('is said in Chinese', () => {
    expect(sayAutomation(words('zh-CN'), definition({ condition: "stage != 'lost'", steps: EVERYTHING }))).toBe(
      'opportunity的stage（中）更改时，如果stage（中） 不为 Lost，则将stage（中）设为Won、closeDate（中）清空和amount（中）设为amount（中） * 2，' +
        '然后轮流分配给Alice和李伟，然后等待 3 天 30 分钟，然后如果amount（中） > 1000（通知所有者和李伟，然后结束），否则（新建account）。',
    );
  });

  it.each([
    [{ on: 'created' }, 'When an opportunity is created: end.'],
    [{ on: 'saved' }, 'When an opportunity is created or changed: end.'],
    [{ on: 'saved', fields: ['stage'] }, 'When an opportunity is created, or its stage changes: end.'],
    [{ on: 'updated' }, 'When an opportunity is changed: end.'],
    [{ on: 'updated', fields: ['stage', 'amount'] }, 'When stage or amount of an opportunity changes: end.'],
    [{ on: 'manual' }, 'When somebody starts it on an opportunity: end.'],
    [{ on: 'schedule', at: '08:00' }, 'Every day at 08:00, for each opportunity: end.'],
    [
      { on: 'schedule', at: '08:00', weekdays: ['mon', 'fri'] },
      'Every Monday and Friday at 08:00, for each opportunity: end.',
    ],
    [
      { on: 'date', field: 'closeDate', days: -1, at: '09:00' },
      '1 day before closeDate of an opportunity, at 09:00: end.',
    ],
    [
      { on: 'date', field: 'closeDate', days: 14, at: '09:00' },
      '14 days after closeDate of an opportunity, at 09:00: end.',
    ],
    [
      { on: 'date', field: 'closeDate', days: 0, at: '09:00' },
      'On the day in closeDate of an opportunity, at 09:00: end.',
    ],
  ] as const)('names the trigger %j', (trigger, said) => {
    expect(sayAutomation(words('en'), definition({ trigger }))).toBe(said);
  });

  it('leaves open what is not said yet', () => {
    const steps: Step[] = [{ do: 'update' }, { do: 'create', entity: '' }, { do: 'notify', to: [], text: '' }];
    expect(sayAutomation(words('en'), definition({ steps }))).toContain(': set …, then create …, then notify ….');
  });

  it('shows amounts as their field does, also while they are written', () => {
    const steps: Step[] = [{ do: 'update', values: { amount: 5 } }];
    const before = definition({ steps });
    const written = writeDefinition(readDefinition(before, model, ZONE), model, ZONE).definition;
    expect(sayAutomation(words('en'), written)).toBe(sayAutomation(words('en'), before));
    expect(sayAutomation(words('en'), written)).toContain('set amount to $5.');
  });

  it('says so while it does nothing', () => {
    expect(sayAutomation(words('en'), definition({ steps: [] }))).toBe(
      'When stage of an opportunity changes: nothing yet.',
    );
  });

  it('leaves in an expression what is no field', () => {
    const say = (text: string) => sayExpression(words('en'), opportunity, text);
    expect(say("stage in ['won', 'lost'] || contains(lower(name), 'stage')")).toBe(
      'stage in [Won, Lost] or contains(lower(name), “stage”)',
    );
    expect(say('account.employees > 1.5')).toBe('account › employees > 1.5');
    expect(say("closeDate < addDays(today(), 7) && name == 'it\\'s'")).toBe(
      "closeDate < addDays(today(), 7) and name is “it\\'s”",
    );
  });
});

describe('the form of an automation', () => {
  const written = (draft: Parameters<typeof writeDefinition>[0]) => writeDefinition(draft, model, ZONE);

  it('writes what it read', () => {
    for (const trigger of [
      { on: 'created' },
      { on: 'updated' },
      { on: 'updated', fields: ['stage'] },
      { on: 'saved', fields: ['stage'] },
      { on: 'schedule', at: '08:00', weekdays: ['tue'] },
      { on: 'date', field: 'closeDate', days: -7, at: '09:00' },
      { on: 'date', field: 'closeDate', days: 0, at: '09:00' },
    ] as const) {
      const before = definition({ trigger, condition: 'amount > 1', steps: EVERYTHING });
      const after = written(readDefinition(before, model, ZONE));
      expect(after.errors).toEqual({});
      expect(JSON.parse(writeJson(after.definition))).toEqual(JSON.parse(writeJson(before)));
    }
  });

  it('reads values as their inputs show them, and keeps every digit', () => {
    const steps: Step[] = [{ do: 'update', values: { visitAt: '2026-07-01T08:00:00Z', hot: false, amount: '0.10' } }];
    const draft = readDefinition(definition({ steps }), model, ZONE);
    expect(draft.steps[0]?.settings.map((one) => one.text)).toEqual(['2026-07-01T10:00', 'false', '0.10']);
    expect(writeJson(written(draft).definition.steps)).toBe(
      '[{"do":"update","values":{"visitAt":"2026-07-01T08:00:00.000Z","hot":false,"amount":0.10}}]',
    );
  });

  it('finds what is no value of its field, where it stands', () => {
    const amount = opportunity.fieldByProperty('amount') as Parameters<typeof newSetting>[0];
    const inner = newStep('update', { settings: [newSetting(amount, 'value', 'much')] });
    const draft = {
      ...newDraft('opportunity'),
      steps: [newStep('wait', { days: 'x' }), newStep('branch', { otherwise: [inner] })],
    };
    expect(Object.keys(written(draft).errors)).toEqual(['steps[0].days', 'steps[1].else[0].values.amount']);
  });

  it('begins a tick with yes, which is what somebody wants who sets it', () => {
    const hot = opportunity.fieldByProperty('hot') as Parameters<typeof newSetting>[0];
    expect(newSetting(hot).text).toBe('true');
  });

  it('waits in the browser and comes back whole', () => {
    const draft = readDefinition(definition({ steps: EVERYTHING }), model, ZONE);
    const back = draftFrom(draftText(draft));
    expect(back && draftText(back)).toBe(draftText(draft));
    const keys = back?.steps.map((step) => step.key) ?? [];
    expect(new Set(keys).size).toBe(4);
    expect(draftFrom('{')).toBeUndefined();
  });

  it('forgets fields that another entity does not have', () => {
    const draft = readDefinition(definition({ steps: EVERYTHING }), model, ZONE);
    const next = onEntity(draft, known('account'));
    expect(next.trigger.fields).toEqual([]);
    expect(next.steps[0]?.settings).toEqual([]);
    expect(next.steps[3]?.otherwise[0]?.settings.length).toBe(2);
  });

  it('counts and numbers the steps, inner ones too', () => {
    expect(stepCount(readDefinition(definition({ steps: EVERYTHING }), model, ZONE).steps)).toBe(7);
    expect(['steps[0]', 'steps[1].then[0]', 'steps[1].else[2].then[0]'].map(stepNumber)).toEqual(['1', '2a1', '2b3a1']);
  });

  it('finds a step by its place', () => {
    const whole = definition({ steps: EVERYTHING });
    expect(stepAt(whole, 'steps[2]')?.do).toBe('wait');
    expect(stepAt(whole, 'steps[3].then[1]')?.do).toBe('stop');
    expect(stepAt(whole, 'steps[3].else[0]')?.do).toBe('create');
    expect(stepAt(whole, 'steps[3].else[1]')).toBeUndefined();
    expect(stepAt(whole, 'steps[0].then[0]')).toBeUndefined();
  });

  it('offers lookups of the new record the record, and what its lookups point to', () => {
    const account = opportunity.fieldByProperty('accountId') as Parameters<typeof linksFor>[1];
    expect(linksFor(model, account, known('account'))).toEqual(['id', 'parentId']);
    expect(linksFor(model, account, opportunity)).toEqual(['accountId']);
    expect(settable(opportunity).map((field) => field.property)).toContain('accountId');
  });
});

describe('what the server refuses', () => {
  const draft = readDefinition(definition({ steps: EVERYTHING }), model, ZONE);
  const at = (field: string) => placed([{ field, code: 'x', message: 'No.' }], draft);

  it.each([
    ['name', 'name'],
    ['trigger.fields[0]', 'trigger.fields'],
    ['trigger.at', 'trigger'],
    ['condition', 'condition'],
    ['steps[0].values.stage', 'steps[0].values.stage'],
    ['steps[0].values.unknown', 'steps[0]'],
    ['steps[1].owners[1]', 'steps[1].owners'],
    ['steps[3].then[0].text', 'steps[3].then[0].text'],
    ['steps[3].else', 'steps[3].else'],
    ['steps', 'steps'],
  ])('of %s stands at %s', (field, place) => {
    expect(at(field)).toEqual({ at: { [place]: 'No.' }, elsewhere: [] });
  });

  it('stands on top when it has no place', () => {
    expect(at('other')).toEqual({ at: {}, elsewhere: ['No.'] });
    expect(placed([{ code: 'x', message: 'No.' }], draft)).toEqual({ at: {}, elsewhere: ['No.'] });
  });
});

describe('a condition that was chosen', () => {
  const condition = (name: string, operator: Condition['operator'], ...values: string[]): Condition => ({
    field: opportunity.field(name) as Condition['field'],
    via: [],
    operator,
    values,
  });
  const sector: Condition = {
    field: known('account').field('sector') as Condition['field'],
    via: [opportunity.field('account') as Condition['field']],
    operator: 'in',
    values: ['Food', "O'Neil"],
  };

  it('becomes an expression', () => {
    expect(writeExpression([condition('amount', 'ge', '1000'), condition('stage', 'in', 'won')])).toBe(
      "amount >= 1000 && stage == 'won'",
    );
    expect(writeExpression([sector])).toBe("account.sector in ['Food', 'O\\'Neil']");
    expect(writeExpression([condition('name', 'contains', 'ACME')])).toBe("contains(lower(name), 'acme')");
    expect(writeExpression([condition('closeDate', 'lt', '2026-01-31')])).toBe("closeDate < date('2026-01-31')");
    expect(writeExpression([condition('closeDate', 'notEmpty')])).toBe('!isEmpty(closeDate)');
    expect(writeExpression([condition('hot', 'eq', 'false')])).toBe('hot == false');
  });

  it('keeps groups together', () => {
    const either = {
      match: 'any' as const,
      items: [condition('stage', 'notIn', 'won', 'lost'), condition('hot', 'eq', 'true')],
    };
    expect(writeExpression([condition('amount', 'gt', '5'), either])).toBe(
      "amount > 5 && (!(stage in ['won', 'lost']) || hot == true)",
    );
  });

  it.each([
    ['Today', 'closeDate >= today() && closeDate < today() + 1'],
    ['LastDays:7', 'closeDate >= today() - 7 && closeDate < today() + 1'],
    ['NextMonths:2', 'closeDate >= startOfMonth(today()) && closeDate < startOfMonth(addMonths(today(), 3))'],
    ['LastWeek', 'closeDate >= today() - weekday(today()) - 6 && closeDate < today() - weekday(today()) + 1'],
    ['ThisYear', 'closeDate >= date(year(today()), 1, 1) && closeDate < date(year(today()) + 1, 1, 1)'],
    ['OlderThanDays:30', 'closeDate < today() - 30'],
    ['AfterToday', 'closeDate >= today() + 1'],
  ])('says %s from a day to another', (period, text) => {
    expect(writeExpression([condition('closeDate', 'during', period)])).toBe(text);
  });

  it('is of a moment by its day', () => {
    expect(writeExpression([condition('visitAt', 'during', 'BeforeToday')])).toBe('date(visitAt) < today()');
  });

  it('goes together with what was written before', () => {
    expect(both('', 'a == 1')).toBe('a == 1');
    expect(both('a == 1 || b == 2', 'c == 3')).toBe('(a == 1 || b == 2) && c == 3');
    expect(both(' a == 1 ', '')).toBe('a == 1');
  });

  it('is offered only for what an expression can compare', () => {
    const choices = choicesOf(model, opportunity, (label, fallback) => label?.en ?? fallback ?? '').filter(comparable);
    const names = choices.map((choice) => choice.key);
    expect(names).toContain('account/sector');
    expect(names).not.toContain('account');
    expect(names).not.toContain('createdBy');
  });
});

describe('examples', () => {
  it('can be saved as they are', () => {
    const examples = examplesOf(model, words('en'), ['u1']);
    expect(examples.length).toBe(2);
    for (const draft of examples) {
      const { definition: said, errors } = writeDefinition(draft, model, ZONE);
      expect(errors).toEqual({});
      expect(said.steps.length).toBeGreaterThan(0);
      expect(said.name).not.toBe('');
    }
  });
});
