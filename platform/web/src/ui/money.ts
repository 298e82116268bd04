import type { FieldMeta } from '../api/types';

/** The currency of an amount, where it is not the tenant's. */
export function currencyOf(field: FieldMeta, beside: ((name: string) => unknown) | undefined): string | undefined {
  const own = field.currencyField === undefined ? undefined : beside?.(field.currencyField);
  return typeof own === 'string' && own !== '' ? own : field.currency;
}
