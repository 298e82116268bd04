import { describe, expect, it } from 'vitest';
import { nextSort, orderBy, readSort, writeSort } from '../src/list/listState';
import { known, model } from './fixtures';

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
