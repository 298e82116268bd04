import { describe, expect, it } from 'vitest';
import { addMonths, isMonth, nextDay, weeksOf } from '../src/calendar/month';
import { barsOf, chartUrl, inOrder } from '../src/chart/chart';
import { field, known, model, stage } from './fixtures';

describe('a month of the calendar', () => {
  it('has whole weeks from Monday to Sunday, also where it begins on one', () => {
    expect(weeksOf('2026-11').map((week) => [week[0], week[6]])).toEqual([
      ['2026-10-26', '2026-11-01'],
      ['2026-11-02', '2026-11-08'],
      ['2026-11-09', '2026-11-15'],
      ['2026-11-16', '2026-11-22'],
      ['2026-11-23', '2026-11-29'],
      ['2026-11-30', '2026-12-06'],
    ]);
    expect(weeksOf('2026-06')[0]?.[0]).toBe('2026-06-01');
    expect(weeksOf('2027-02')).toHaveLength(4);
  });

  it('goes over the end of a year and a leap day', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(nextDay('2028-02-28')).toBe('2028-02-29');
    expect(isMonth('2026-13')).toBe(false);
    expect(isMonth('2026-1')).toBe(false);
  });
});

describe('the bars of a chart', () => {
  const opportunity = known('opportunity');
  const of = (name: string) => opportunity.field(name) ?? stage;
  const asked = (name: string, measure: 'count' | 'sum' = 'count') =>
    decodeURIComponent(
      chartUrl(model, opportunity, {
        field: of(name),
        sum: of('amount'),
        measure,
        filter: 'amount gt 5',
        search: undefined,
      }),
    );

  it('are reckoned by the server, lookups with their names, the largest first', () => {
    expect(asked('account', 'sum')).toBe(
      '/api/v1/data/opportunities?$apply=filter(amount gt 5)/groupby((accountId,account/name),' +
        'aggregate($count as n,amount with sum as total))&$orderby=total desc,n desc&$top=40',
    );
  });

  it('are months for days, in their order, and each asks for its own records', () => {
    expect(asked('closeDate')).toContain('compute(year(closeDate) as y,month(closeDate) as m)/groupby((y,m),');
    expect(asked('closeDate')).toContain('$orderby=y,m');
    const bars = barsOf(model, of('closeDate'), [
      { y: 2026, m: 12, n: 3, total: 7 },
      { y: null, m: null, n: 1 },
    ]);
    expect(bars.map((bar) => bar.condition)).toEqual([
      'closeDate ge 2026-12-01 and closeDate lt 2027-01-01',
      'closeDate eq null',
    ]);
    expect(bars[0]).toMatchObject({ value: '2026-12', count: 3, sum: 7 });
  });

  it('ask for what they show, whatever the value is made of', () => {
    const condition = (name: string, value: unknown) =>
      barsOf(model, of(name), [{ [of(name).property]: value, account: { name: "O'Brien" }, n: 1 }])[0];
    expect(condition('stage', 'won')?.condition).toBe("stage eq 'won'");
    expect(condition('account', 'id-1')).toMatchObject({ name: "O'Brien", condition: 'accountId eq id-1' });
    expect(barsOf(model, field('city', 'text'), [{ city: "a'b", n: 1 }])[0]?.condition).toBe("city eq 'a''b'");
  });

  it('stand in the order of the options', () => {
    const rows = ['lost', null, 'prospecting'].map((value) => ({ stage: value, n: 1 }));
    expect(inOrder(stage, barsOf(model, stage, rows)).map((bar) => bar.value)).toEqual(['prospecting', 'lost', null]);
  });
});
