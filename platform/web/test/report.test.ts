import { describe, expect, it } from 'vitest';
import type { ReportDefinition } from '../src/api/reports';
import { drill, linesOf, reportUrl } from '../src/report/ask';
import { addressOf, readAddress, readReport } from '../src/report/definition';
import { moved, resized } from '../src/report/layout';
import { model } from './fixtures';

const report = (definition: Partial<ReportDefinition>) => {
  const read = readReport(model, { set: 'opportunities', ...definition });
  if (read === undefined) {
    throw new Error('The fixture has opportunities');
  }
  return read;
};

const asked = (url: string) => new URL(url, 'http://x').searchParams;

describe('a report', () => {
  it('asks the server for groups over lookups, days by month, and figures', () => {
    const one = report({
      rows: ['closeDate:month', 'accountId'],
      measures: ['count', 'amount:sum'],
      filter: "stage eq 'won'",
      sort: '-amount:sum',
    });
    const query = asked(reportUrl(model, one, one.rows));
    expect(query.get('$apply')).toBe(
      "filter(stage eq 'won')/compute(year(closeDate) as g0y,month(closeDate) as g0m)" +
        '/groupby((g0y,g0m,accountId,account/name),aggregate($count as m0,amount with sum as m1))',
    );
    expect(query.get('$orderby')).toBe('m1 desc');
  });

  it('leads from each line to just its records', () => {
    const one = report({ rows: ['closeDate:month', 'accountId'], filter: "stage eq 'won'" });
    const rows = [{ g0y: 2026, g0m: 2, accountId: 'a1', account: { name: 'Acme' }, m0: 3 }];
    const [line] = linesOf(model, one, one.rows, rows);
    expect(line?.figures).toEqual([3]);
    expect(line?.groups[1]?.name).toBe('Acme');
    const link = asked(drill(one, line?.groups ?? []));
    expect(link.get('filter')).toBe(
      "(stage eq 'won') and (closeDate ge 2026-02-01 and closeDate lt 2026-03-01) and (accountId eq a1)",
    );
  });

  it('asks for records without a value as such', () => {
    const one = report({ rows: ['closeDate:month', 'stage'] });
    const [line] = linesOf(model, one, one.rows, [{ g0y: null, g0m: null, stage: null, m0: 1 }]);
    expect(line?.groups.map((group) => group.condition)).toEqual(['closeDate eq null', 'stage eq null']);
  });

  it('stands in the address as a whole, and beside a kept one says what is different', () => {
    const whole: ReportDefinition = {
      set: 'opportunities',
      kind: 'matrix',
      rows: ['accountId'],
      columns: ['stage'],
      measures: ['amount:sum', 'count'],
      filter: "stage ne 'lost'",
    };
    expect(readAddress(asked(addressOf(whole)), undefined)).toEqual(whole);
    expect(readAddress(new URLSearchParams('columns=&filter='), whole)).toEqual({
      set: 'opportunities',
      kind: 'matrix',
      rows: ['accountId'],
      columns: [],
      measures: ['amount:sum', 'count'],
    });
  });
});

describe('tiles', () => {
  const tile = (title: string) => ({ title, width: 2, height: 1, report: { set: 'x' } });
  const tiles = ['a', 'b', 'c'].map(tile);

  it('are moved within their order', () => {
    expect(moved(tiles, 0, 2).map(({ title }) => title)).toEqual(['b', 'c', 'a']);
    expect(moved(tiles, 0, 3)).toBe(tiles);
  });

  it('are drawn larger and smaller within the board', () => {
    expect(resized(tiles, 1, 9, -9)[1]).toMatchObject({ width: 4, height: 1 });
  });
});
