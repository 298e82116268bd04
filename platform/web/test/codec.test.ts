import { describe, expect, it } from 'vitest';
import { parseField, parseForm, toText } from '../src/form/codec';
import { field, known } from './fixtures';

const ZONE = 'America/New_York';
const parse = (of: ReturnType<typeof field>, text: string) => parseField(of, text, ZONE);

describe('form entries', () => {
  it('takes numbers as people write them and keeps their digits', () => {
    const money = field('amount', 'money', { scale: 2 });
    expect(parse(money, '$1,234.50')).toEqual({ value: '1234.50' });
    expect(parse(money, '１２３．５')).toEqual({ value: '123.5' });
    expect(parse(money, '.5')).toEqual({ value: '0.5' });
    expect(parse(money, '12345678901234567.89')).toEqual({ value: '12345678901234567.89' });
  });

  it('refuses what is not a number, too many decimals, and values out of range', () => {
    const money = field('amount', 'money', { scale: 2, min: '0', max: '100' });
    expect(parse(money, '1.2.3')).toHaveProperty('error.key', 'form.error.number');
    expect(parse(money, '1.234')).toHaveProperty('error.key', 'form.error.scale');
    expect(parse(money, '-1')).toHaveProperty('error.key', 'form.error.min');
    expect(parse(money, '101')).toHaveProperty('error.key', 'form.error.max');
    expect(parse(field('n', 'integer'), '1.5')).toHaveProperty('error.key', 'form.error.integer');
  });

  it('counts characters as people do', () => {
    const short = field('name', 'text', { maxLength: 2 });
    expect(parse(short, '𠮷𠮷')).toEqual({ value: '𠮷𠮷' });
    expect(parse(short, 'abc')).toHaveProperty('error.params', { count: 2, length: 3 });
  });

  it('takes only days that exist', () => {
    expect(parse(field('d', 'date'), '2024-02-29')).toEqual({ value: '2024-02-29' });
    expect(parse(field('d', 'date'), '2023-02-29')).toHaveProperty('error.key', 'form.error.date');
  });

  it('reads a point in time on the clock of the tenant', () => {
    const time = field('t', 'datetime');
    expect(parse(time, '2026-07-01T09:00')).toEqual({ value: '2026-07-01T13:00:00.000Z' });
    expect(toText(time, '2026-12-01T14:00:00Z', ZONE)).toBe('2026-12-01T09:00');
  });

  it('refuses addresses that could run code', () => {
    expect(parse(field('u', 'url'), 'javascript:alert(1)')).toHaveProperty('error.key', 'form.error.url');
    expect(parse(field('u', 'url'), 'https://example.com')).toEqual({ value: 'https://example.com' });
    expect(parse(field('e', 'email'), 'nobody')).toHaveProperty('error.key', 'form.error.email');
  });

  it('collects every mistake at once', () => {
    const entity = known('opportunity');
    const parsed = parseForm(entity.fields, { name: '', amount: 'x', stage: 'won' }, ZONE);
    expect(Object.keys(parsed.errors).sort()).toEqual(['amount', 'name']);
    expect(parsed.values.stage).toBe('won');
    expect(parsed.values.accountId).toBeNull();
  });
});
