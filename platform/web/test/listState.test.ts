import { describe, expect, it } from 'vitest';
import { linesOf } from '../src/list/groups';
import { nextSort, orderBy, readSort, readWidths, writeSort, writeWidths } from '../src/list/listState';
import { known, model } from './fixtures';

describe('widths in the address', () => {
  it('reads and writes the same text, and leaves out what is no width', () => {
    expect(writeWidths(readWidths('name:260,amount:140'))).toBe('name:260,amount:140');
    expect(readWidths('name:wide,:3,amount:90')).toEqual({ amount: 90 });
    expect(writeWidths({})).toBeUndefined();
  });
});

describe('groups', () => {
  const stage = known('opportunity').field('stage');
  const records = ['won', 'won', 'lost', null].map((value, index) => ({ id: String(index), stage: value }));

  it('stand before the first record of each value, with the figures of all that match', () => {
    const figures = [
      { group: 'won', count: 40, sum: 7 },
      { group: null, count: 2, sum: undefined },
    ];
    const lines = linesOf(records, stage, figures);
    expect(lines.map((line) => (line.kind === 'row' ? line.index : line.totals?.count))).toEqual([
      40,
      0,
      1,
      undefined,
      2,
      2,
      3,
    ]);
  });

  it('are none when nothing is grouped', () => {
    expect(linesOf(records, undefined, []).every((line) => line.kind === 'row')).toBe(true);
  });
});

describe('sorting in the address', () => {
  it('reads and writes the same text', () => {
    expect(writeSort(readSort('closeDate,-amount'))).toBe('closeDate,-amount');
    expect(readSort('')).toEqual([]);
  });

  it('sorts a lookup by the name of what it points to', () => {
    expect(orderBy(model, known('opportunity'), readSort('-account,amount'))).toBe('account/name desc,amount');
  });

  it('leaves out fields the entity does not have', () => {
    expect(orderBy(model, known('opportunity'), readSort('gone'))).toBeUndefined();
  });

  it('goes from ascending to descending to the order of the view', () => {
    expect(nextSort([], 'amount')).toBe('amount');
    expect(nextSort(readSort('amount'), 'amount')).toBe('-amount');
    expect(nextSort(readSort('-amount'), 'amount')).toBeUndefined();
  });
});
