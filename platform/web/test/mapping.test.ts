import { describe, expect, it } from 'vitest';
import {
  changeColumn,
  columnOf,
  fillText,
  fillWith,
  pointAt,
  readEmpty,
  toFill,
  unfilled,
} from '../src/import/mapping';
import { known, model } from './fixtures';

const opportunity = known('opportunity');
const empty = { entity: 'opportunity', columns: [] };
const field = (name: string) => opportunity.field(name);

describe('import mapping', () => {
  it('finds lookups by the name of their target', () => {
    const mapping = pointAt(model, empty, 'Customer', field('account'));
    expect(columnOf(mapping, 'Customer')).toEqual({ column: 'Customer', field: 'account', match: 'name' });
  });

  it('gives a field to one column only', () => {
    const mapping = pointAt(model, pointAt(model, empty, 'A', field('name')), 'B', field('name'));
    expect(mapping.columns).toEqual([{ column: 'B', field: 'name' }]);
  });

  it('keeps corrections when a column moves to another field', () => {
    const first = pointAt(model, empty, 'A', field('name'));
    const corrected = changeColumn(first, { column: 'A', field: 'name', corrections: { x: 'y' } });
    expect(columnOf(pointAt(model, corrected, 'A', field('stage')), 'A')?.corrections).toEqual({ x: 'y' });
  });

  it('names required fields that no column fills', () => {
    expect(unfilled(opportunity, empty).map((missing) => missing.name)).toEqual(['name']);
    expect(unfilled(opportunity, pointAt(model, empty, 'A', field('name')))).toEqual([]);
  });

  it('fills a required field from several columns, or with the same text in every row', () => {
    const [name] = toFill(opportunity, empty);
    if (name === undefined) {
      throw new Error('The name is required');
    }
    const made = fillWith(empty, name, '{product} – {account}');
    expect(made.columns).toEqual([{ template: '{product} – {account}', field: 'name' }]);
    expect(fillText(made, name)).toBe('{product} – {account}');
    expect(unfilled(opportunity, made)).toEqual([]);
    expect(fillWith(made, name, 'Deal').columns).toEqual([{ value: 'Deal', field: 'name' }]);
    expect(fillWith(made, name, ' ').columns).toEqual([]);
  });

  it('always takes an empty cell as empty', () => {
    expect(readEmpty('NULL，n/a')).toEqual(['', 'NULL', 'n/a']);
  });
});
