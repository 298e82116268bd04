import { Decimal } from '../api/json';
import { type Entity, localize, type Model } from '../api/model';
import type { FieldMeta, Lang } from '../api/types';
import type { Translate } from '../i18n';
import { optionOf } from '../ui/stage';
import { type Definition, type Step, type Trigger, WEEKDAYS } from './automations';

/** What the sentences are made with. */
export interface Words {
  t: Translate;
  lang: Lang;
  model: Model;
  /** A user's name. */
  user: (id: string) => string;
  /** A number, a date, an amount, as its field's values are shown. */
  scalar: (field: FieldMeta, value: string | number) => string | undefined;
}

interface Sayings extends Words {
  entity: Entity | undefined;
}

const named = ({ lang }: Words, entity: Entity | undefined, fallback: string) =>
  localize(entity?.meta.label, lang, fallback);

const fieldName = ({ lang }: Words, entity: Entity | undefined, property: string) => {
  const field = entity?.fieldByProperty(property);
  return localize(field?.label, lang, field?.name ?? property);
};

/** What is not said yet. */
const OPEN = '…';

/** English says which of many; Chinese does not. */
function one(words: Words, entity: Entity | undefined, fallback: string): string {
  const name = named(words, entity, fallback);
  if (name === '') {
    return OPEN;
  }
  return words.lang === 'en' ? `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}` : name;
}

/** The second kind is "or". */
function listed(words: Words, items: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return items.length === 0
    ? OPEN
    : new Intl.ListFormat(words.lang === 'en' ? 'en-GB' : words.lang, { type }).format(items);
}

function weekday(words: Words, index: number): string {
  // The first of January 2024 was a Monday.
  const day = new Date(Date.UTC(2024, 0, 1 + index));
  return new Intl.DateTimeFormat(words.lang, { timeZone: 'UTC', weekday: 'long' }).format(day);
}

export function weekdayNames(words: Words): string[] {
  return WEEKDAYS.map((_, index) => weekday(words, index));
}

export function sayTrigger(words: Words, entity: Entity | undefined, trigger: Trigger, fallback = ''): string {
  const { t } = words;
  const which = { one: one(words, entity, fallback) };
  switch (trigger.on) {
    case 'updated':
    case 'saved':
      return trigger.fields === undefined || trigger.fields.length === 0
        ? t(`automation.says.${trigger.on}`, which)
        : t(`automation.says.${trigger.on}Fields`, {
            ...which,
            fields: listed(
              words,
              trigger.fields.map((property) => fieldName(words, entity, property)),
              'disjunction',
            ),
          });
    case 'schedule': {
      const each = { at: trigger.at, name: named(words, entity, fallback) };
      return trigger.weekdays === undefined || trigger.weekdays.length === 0
        ? t('automation.says.daily', each)
        : t('automation.says.weekly', {
            ...each,
            days: listed(
              words,
              trigger.weekdays.map((day) => weekday(words, WEEKDAYS.indexOf(day))),
            ),
          });
    }
    case 'date': {
      const when = { ...which, field: fieldName(words, entity, trigger.field), at: trigger.at };
      const count = Math.abs(trigger.days);
      return count === 0
        ? t('automation.says.onDay', when)
        : t(trigger.days < 0 ? 'automation.says.before' : 'automation.says.after', { ...when, count });
    }
    default:
      return t(`automation.says.${trigger.on}`, which);
  }
}

/** A value of a field in words. */
export function sayValue(words: Words, field: FieldMeta | undefined, value: unknown): string {
  if (value instanceof Decimal) {
    return sayValue(words, field, value.text);
  }
  if (field === undefined || typeof value === 'object') {
    return Array.isArray(value) ? value.map((item) => sayValue(words, field, item)).join(', ') : String(value);
  }
  switch (field.type) {
    case 'boolean':
      return words.t(value === true ? 'value.yes' : 'value.no');
    case 'user':
      return words.user(String(value));
    case 'lookup': {
      const [target] = words.model.targets(field);
      return words.t('automation.says.chosen', { name: named(words, target, field.name) });
    }
    default: {
      const option = optionOf(field, value);
      const scalar = words.scalar(field, value as string | number);
      return option === undefined ? (scalar ?? quoted(words, String(value))) : localize(option.label, words.lang);
    }
  }
}

const quoted = ({ lang }: Words, text: string) => (lang === 'en' ? `“${text}”` : `「${text}」`);

type Settings = Extract<Step, { do: 'update' | 'create' }>;

/** `Stage to Won`, for every field that the step sets. */
export function saySettings(
  words: Words,
  entity: Entity | undefined,
  step: Settings,
  on: Entity | undefined,
): string[] {
  const { t } = words;
  const field = (property: string) => fieldName(words, entity, property);
  const links = step.do === 'create' ? Object.entries(step.links ?? {}) : [];
  return [
    ...Object.entries(step.values ?? {}).map(([property, value]) =>
      value === null || value === undefined
        ? t('automation.says.cleared', { field: field(property) })
        : t('automation.says.set', {
            field: field(property),
            value: sayValue(words, entity?.fieldByProperty(property), value),
          }),
    ),
    ...Object.entries(step.formulas ?? {}).map(([property, formula]) =>
      t('automation.says.set', { field: field(property), value: sayExpression(words, on, formula) }),
    ),
    ...links.map(([property, from]) =>
      t('automation.says.set', {
        field: field(property),
        value: from === 'id' ? t('automation.theRecord') : fieldName(words, on, from),
      }),
    ),
  ];
}

/** Who is meant: the record's owner, who made it, or somebody by name. */
export function sayPerson(words: Words, who: string): string {
  return who === 'owner' || who === 'creator' ? words.t(`automation.who.${who}`) : words.user(who);
}

function sayWait({ t }: Words, step: Extract<Step, { do: 'wait' }>): string {
  const parts = (['days', 'hours', 'minutes'] as const).flatMap((unit) => {
    const count = step[unit] ?? 0;
    return count === 0 ? [] : [t(`automation.says.${unit}`, { count })];
  });
  return t('automation.says.wait', { time: parts.join(' ') });
}

function saySteps(words: Sayings, steps: readonly Step[]): string {
  const said = steps.map((step) => sayStep(words, words.entity, step));
  return said.length === 0 ? words.t('automation.says.no') : said.join(words.t('automation.says.comma'));
}

/** One step, as a part of a sentence. */
export function sayStep(words: Words, entity: Entity | undefined, step: Step): string {
  const { t } = words;
  switch (step.do) {
    case 'update':
      return t('automation.says.update', { changes: listed(words, saySettings(words, entity, step, entity)) });
    case 'create':
      return t('automation.says.create', { one: one(words, words.model.entity(step.entity), step.entity) });
    case 'assign':
      return t(step.owners.length > 1 ? 'automation.says.assignInTurn' : 'automation.says.assign', {
        names: listed(words, step.owners.map(words.user)),
      });
    case 'notify':
      return t('automation.says.notify', {
        names: listed(
          words,
          step.to.map((who) => sayPerson(words, who)),
        ),
      });
    case 'wait':
      return sayWait(words, step);
    case 'branch': {
      const inner = { ...words, entity };
      const said = { condition: sayExpression(words, entity, step.if), steps: saySteps(inner, step.then) };
      return step.else === undefined || step.else.length === 0
        ? t('automation.says.branch', said)
        : t('automation.says.branchElse', { ...said, otherwise: saySteps(inner, step.else) });
    }
    case 'stop':
      return t('automation.says.stop');
  }
}

/** The whole automation in one sentence. */
export function sayAutomation(words: Words, definition: Definition): string {
  const { t } = words;
  const entity = words.model.entity(definition.entity);
  const when = sayTrigger(words, entity, definition.trigger, definition.entity);
  const { condition } = definition;
  if (definition.steps.length === 0) {
    return t('automation.says.nothing', { when });
  }
  const steps = saySteps({ ...words, entity }, definition.steps);
  return condition === null || condition === undefined || condition === ''
    ? t('automation.says.plain', { when, steps })
    : t('automation.says.whole', { when, steps, condition: sayExpression(words, entity, condition) });
}

const TOKEN = /r?'(?:[^'\\]|\\.)*'|r?"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|&&|\|\||[=!<>]=|\s+|./gu;
const SIGNS: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤' };

/** An expression with fields, options and signs as people call them; its calls stay as they are written. */
export function sayExpression(words: Words, entity: Entity | undefined, expression: string): string {
  const tokens = expression.trim().match(TOKEN) ?? [];
  let last: FieldMeta | undefined;
  const said = tokens.map((token, index) => {
    if (/^['"]/.test(token)) {
      const text = token.slice(1, -1);
      const option = last === undefined ? undefined : optionOf(last, text);
      return option === undefined ? quoted(words, text) : localize(option.label, words.lang, text);
    }
    if (/^[A-Za-z_]/.test(token) && tokens[index + 1] !== '(') {
      const path = pathOf(words, entity, token);
      last = path?.at(-1) ?? last;
      return path?.map((field) => localize(field.label, words.lang, field.name)).join(' › ') ?? token;
    }
    return token === '&&' || token === '||' || token === '==' || token === '!='
      ? words.t(`automation.sign.${({ '&&': 'and', '||': 'or', '==': 'is', '!=': 'isNot' } as const)[token]}`)
      : (SIGNS[token] ?? token);
  });
  return said.join('');
}

/** The fields that `account.industry` leads over. */
function pathOf(words: Words, entity: Entity | undefined, token: string): FieldMeta[] | undefined {
  const fields: FieldMeta[] = [];
  let at = entity;
  for (const name of token.split('.')) {
    const field = at?.field(name);
    if (field === undefined) {
      return undefined;
    }
    fields.push(field);
    at = field.type === 'lookup' ? words.model.target(field) : undefined;
  }
  return fields;
}
