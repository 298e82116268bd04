import { describe, expect, it } from 'vitest';
import { isRaw, operatorsFor, readFilter, writeFilter } from '../src/list/filter/conditions';
import { known, model } from './fixtures';

const opportunity = known('opportunity');
const read = (expression: string) => readFilter(model, opportunity, expression);
const again = (expression: string) => writeFilter(read(expression));

describe('filter chips', () => {
  it.each([
    "contains(name,'GTX')",
    "startswith(name,'O''Brien')",
    "name eq 'a and b or (c'",
    'amount ge 75000',
    'amount ge 1000 and amount le 5000',
    "stage eq 'won'",
    "stage in ('won','lost')",
    "not (stage in ('won','lost'))",
    "stage ne 'lost'",
    'closeDate ge 2017-01-01',
    'visitAt lt 2026-11-19T05:00:00.000Z',
    'hot eq true',
    'accountId eq 0190c0de-0000-7000-8000-000000000001',
    'accountId eq null',
    "account/sector in ('retail','medical')",
    "contains(account/name,'公司') and amount gt 10",
    'createdAt ge 2026-01-01T00:00:00.000Z',
  ])('reads what it wrote: %s', (expression) => {
    expect(read(expression).some(isRaw)).toBe(false);
    expect(again(expression)).toBe(expression);
  });

  it('reads a choice written with or as one condition', () => {
    expect(again("stage eq 'prospecting' or stage eq 'engaging'")).toBe("stage in ('prospecting','engaging')");
    expect(again("(stage eq 'won' or stage eq 'lost') and amount gt 1")).toBe(
      "stage in ('won','lost') and amount gt 1",
    );
  });

  it('keeps an expression of another hand whole', () => {
    const foreign = "amount gt 5 or startswith(name,'A')";
    expect(read(foreign)).toEqual([{ raw: foreign }]);
    expect(again(foreign)).toBe(foreign);
  });

  it('keeps only the part it cannot show as an expression, in parentheses where needed', () => {
    const mixed = "(amount gt 5 or hot eq true) and stage eq 'won'";
    expect(read(mixed).map(isRaw)).toEqual([true, false]);
    expect(again(mixed)).toBe(mixed);
  });

  it('does not show a field the entity does not have', () => {
    expect(read('secret eq 1')).toEqual([{ raw: 'secret eq 1' }]);
    expect(read("account/parent/name eq 'x'").every(isRaw)).toBe(true);
  });

  it('has no chips for an empty expression', () => {
    expect(read('')).toEqual([]);
    expect(writeFilter([])).toBe('');
  });

  it('offers existence for every type but yes and no', () => {
    expect(operatorsFor('boolean')).toEqual(['eq']);
    expect(operatorsFor('lookup')).toContain('empty');
    expect(operatorsFor('money')).toContain('ge');
  });
});
