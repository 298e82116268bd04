import { describe, expect, it } from 'vitest';
import { isRaw, operatorsFor } from '../src/list/filter/conditions';
import { draftOf, finished, isDraftGroup, newLine, replaced } from '../src/list/filter/draft';
import { readFilter } from '../src/list/filter/read';
import { choicesOf } from '../src/list/filter/useChoices';
import { writeFilter } from '../src/list/filter/write';
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
    'Relata.ThisQuarter(closeDate)',
    'Relata.LastDays(createdAt,30)',
    'Relata.OlderThanDays(visitAt,7) and amount gt 5',
    "account/parent/parent/name eq 'x'",
    "(amount ge 75000 or account/parent/sector in ('retail','medical')) and Relata.ThisQuarter(closeDate)",
    "amount gt 5 or startswith(name,'A')",
    "amount gt 5 or (hot eq true and stage eq 'won')",
    'amount gt 1 and (hot eq true or (amount gt 5 and (hot eq false or amount lt 3)))',
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

  it('puts groups of the same kind that stand within each other into one', () => {
    expect(again('(amount gt 1 and (amount lt 9 and hot eq true))')).toBe(
      'amount gt 1 and amount lt 9 and hot eq true',
    );
    expect(again('hot eq true or (amount lt 9 or amount gt 20)')).toBe('hot eq true or amount lt 9 or amount gt 20');
  });

  it('keeps whole what it cannot show, and shows the rest', () => {
    const mixed = "(length(name) gt 5 or hot eq true) and stage eq 'won' and not (hot eq true)";
    expect(again(mixed)).toBe(mixed);
    expect(read('length(name) gt 5')).toEqual([{ raw: 'length(name) gt 5' }]);
  });

  it('does not show a field the entity does not have, nor one too far away, nor a stretch nobody knows', () => {
    for (const foreign of [
      'secret eq 1',
      "account/secret eq 'x'",
      "account/parent/parent/parent/name eq 'x'",
      'Relata.SomeDay(closeDate)',
      'Relata.LastDays(closeDate)',
      'Relata.Today(closeDate,3)',
    ]) {
      expect(read(foreign)).toEqual([{ raw: foreign }]);
    }
  });

  it('has no chips for an empty expression', () => {
    expect(read('')).toEqual([]);
    expect(writeFilter([])).toBe('');
  });

  it('offers the fields of three lookups, near ones first', () => {
    const keys = choicesOf(model, opportunity, (label, fallback) => label?.en ?? fallback ?? '').map(({ key }) => key);
    expect(keys.indexOf('amount')).toBeLessThan(keys.indexOf('account/sector'));
    expect(keys).toContain('account/parent/parent/sector');
    expect(keys).not.toContain('account/parent/parent/parent/sector');
  });

  it('offers existence for every type but yes and no', () => {
    expect(operatorsFor('boolean')).toEqual(['eq']);
    expect(operatorsFor('lookup')).toContain('empty');
    expect(operatorsFor('money')).toContain('ge');
  });
});

describe('the draft of a filter', () => {
  const first = (draft: ReturnType<typeof draftOf>) => draft.items[0]?.id ?? 0;

  it('asks for what the chips ask for, whichever kind of group is at the top', () => {
    for (const expression of ["amount gt 5 and stage eq 'won'", 'amount gt 5 or hot eq true', 'hot eq true', '']) {
      expect(writeFilter(finished(draftOf(read(expression))))).toBe(expression);
    }
  });

  it('asks nothing for lines that are not finished, nor for groups of nothing', () => {
    const draft = draftOf(read('amount gt 5 and (hot eq true or amount lt 2)'));
    const group = draft.items.find(isDraftGroup);
    const [line] = group?.items ?? [];
    const emptied = replaced(replaced(draft, line?.id ?? 0, undefined), group?.items[1]?.id ?? 0, newLine());
    expect(writeFilter(finished(emptied))).toBe('amount gt 5');
  });

  it('changes only the item that is meant', () => {
    const draft = draftOf(read('amount gt 5 and hot eq true'));
    expect(writeFilter(finished(replaced(draft, first(draft), undefined)))).toBe('hot eq true');
  });
});
