import { describe, expect, it } from 'vitest';
import type { FieldMeta } from '../src/api/types';
import { frozenLeft, gridTemplate } from '../src/list/columns';
import { linesOf } from '../src/list/groups';
import { nextSort, orderBy, readSort, readWidths, writeSort, writeWidths } from '../src/list/listState';
import { known, model } from './fixtures';

describe('frozen columns', () => {
  const columns = ['name', 'stage', 'amount', 'closeDate'].map((name) =>
    known('opportunity').field(name),
  ) as FieldMeta[];

  it('stay where those before them end, and know their own width', () => {
    const state = { columns, widths: { stage: 100 }, frozen: 3 };
    expect([0, 1, 2, 3].map((index) => frozenLeft(state, index))).toEqual([36, 276, 376, undefined]);
    expect(gridTemplate(state)).toMatch(/^36px 240px 100px 148px minmax/);
  });

  it('share what is left when only the first stays', () => {
    expect(gridTemplate({ columns, widths: {}, frozen: 1 })).toMatch(/^36px minmax\(200px, 2fr\)/);
  });
});

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

  it('goes through up, down and as the view has it; with Shift beside what is there', () => {
    const two = readSort('closeDate,-amount');
    expect(nextSort([], 'amount')).toBe('amount');
    expect(nextSort(readSort('amount'), 'amount')).toBe('-amount');
    expect(nextSort(readSort('-amount'), 'amount')).toBeUndefined();
    expect(nextSort(two, 'closeDate')).toBe('closeDate');
    expect(nextSort(readSort('closeDate'), 'amount', true)).toBe('closeDate,amount');
    expect(nextSort(readSort('closeDate,amount'), 'amount', true)).toBe('closeDate,-amount');
    expect(nextSort(two, 'amount', true)).toBe('closeDate');
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
