import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { getRecord, recordName } from '../../api/records';
import { useFormat, useLabel, useModel, useUsers } from '../../api/session';
import type { FieldMeta } from '../../api/types';
import { useT } from '../../i18n';
import { formatScalar } from '../../ui/FieldValue';
import { optionOf } from '../../ui/stage';
import { type Condition, type FilterItem, isRaw, type Operator } from './conditions';

export function useItemName(): (item: FilterItem) => string {
  const t = useT();
  const label = useLabel();
  return useCallback(
    (item) => {
      if (isRaw(item)) {
        return t('filter.advanced');
      }
      const own = label(item.field.label, item.field.name);
      return item.via === undefined ? own : `${label(item.via.label, item.via.name)} › ${own}`;
    },
    [t, label],
  );
}

const DATE_WORDS = { gt: 'after', ge: 'since', lt: 'before', le: 'until' } as const;

/** Dates have words of their own: not "at least 3 May" but "on or after 3 May". */
export function useOperatorText(): (operator: Operator, field: FieldMeta) => string {
  const t = useT();
  return useCallback(
    (operator, field) => {
      const dated = field.type === 'date' || field.type === 'datetime' || field.type === 'time';
      const word = dated && operator in DATE_WORDS ? DATE_WORDS[operator as keyof typeof DATE_WORDS] : operator;
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
  const { field, values } = condition;
  const target = field.type === 'lookup' ? model.target(field) : undefined;
  const id = values[0];
  const { data: linked } = useQuery({
    queryKey: ['records', target?.setName, 'record', id],
    queryFn: ({ signal }) =>
      target === undefined || id === undefined ? undefined : getRecord(model, target, id, signal),
    enabled: target !== undefined && id !== undefined && id !== '',
  });
  const one = (value: string): string => {
    if (target !== undefined) {
      return linked === undefined ? '…' : recordName(target, linked);
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
