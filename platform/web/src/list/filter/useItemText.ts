import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { findRecord } from '../../api/records';
import { useFormat, useLabel, useModel, useUsers } from '../../api/session';
import type { FieldMeta } from '../../api/types';
import { useT } from '../../i18n';
import { formatScalar } from '../../ui/FieldValue';
import { optionOf } from '../../ui/stage';
import { type Condition, type FilterItem, isGroup, isRaw, type Operator } from './conditions';
import { type Period, periodOf } from './periods';

export function useItemName(): (item: FilterItem) => string {
  const t = useT();
  const label = useLabel();
  return useCallback(
    (item) => {
      const name = (one: FilterItem): string => {
        if (isRaw(one)) {
          return t('filter.advanced');
        }
        if (isGroup(one)) {
          return one.items.map(name).join(` ${t(one.match === 'all' ? 'filter.and' : 'filter.or')} `);
        }
        return [...one.via, one.field].map((field) => label(field.label, field.name)).join(' › ');
      };
      return name(item);
    },
    [t, label],
  );
}

/** A stretch of time in words; `number` where it takes one. */
export function usePeriodText(): (name: Period, number: string | undefined) => string {
  const t = useT();
  return useCallback(
    (name, number) =>
      number === undefined
        ? t(`filter.period.${name}`)
        : t(`filter.period.${name}`, number === '1' ? { count: 1 } : { count: 2, formatted: number }),
    [t],
  );
}

const DATE_WORDS = { eq: 'on', gt: 'after', ge: 'since', lt: 'before', le: 'until' } as const;

/** Dates have words of their own: not "at least 3 May" but "on or after 3 May". */
export function useOperatorText(): (operator: Operator, field: FieldMeta) => string {
  const t = useT();
  return useCallback(
    (operator, field) => {
      const dated = field.type === 'date' || field.type === 'datetime' || field.type === 'time';
      const timed = field.type === 'time' && operator === 'eq';
      const word =
        dated && !timed && operator in DATE_WORDS ? DATE_WORDS[operator as keyof typeof DATE_WORDS] : operator;
      return t(`filter.op.${word}`);
    },
    [t],
  );
}

/** The chip's value in words; the name of a linked record is asked for. */
export function useValueText(condition: Condition): string {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const model = useModel();
  const users = useUsers();
  const periodText = usePeriodText();
  const { field, values } = condition;
  const targets = field.type === 'lookup' ? model.targets(field) : [];
  const id = values[0] ?? '';
  const { data: linked } = useQuery({
    queryKey: ['records', targets.map((target) => target.setName).join(' '), 'named', id],
    queryFn: async ({ signal }) => (await findRecord(model, targets, id, signal)) ?? null,
    enabled: targets.length > 0 && id !== '',
  });
  const one = (value: string): string => {
    const period = condition.operator === 'during' ? periodOf(value) : undefined;
    if (period !== undefined) {
      return periodText(period.name, period.number);
    }
    if (targets.length > 0) {
      return linked?.name ?? '…';
    }
    if (field.options !== undefined) {
      return label(optionOf(field, value)?.label, value);
    }
    if (field.type === 'boolean') {
      return t(value === 'true' ? 'filter.yes' : 'filter.no');
    }
    if (field.type === 'user') {
      return users.get(value)?.displayName ?? '…';
    }
    return formatScalar(format, field, value, false) ?? value;
  };
  return values.map(one).join(format.lang === 'zh-CN' ? '、' : ', ');
}
