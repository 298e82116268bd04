import { describe, expect, it } from 'vitest';
import type { DisplayFormat, FieldMeta } from '../src/api/types';
import { Formatter, initials } from '../src/i18n/format';
import { asDefined, masked } from '../src/ui/displayFormat';

const now = () => new Date('2026-11-19T12:00:00Z');
const en = new Formatter('en', 'America/New_York', 'USD', now);
const zh = new Formatter('zh-CN', 'Asia/Shanghai', 'CNY', now);

describe('formats', () => {
  it('writes money in the currency of the tenant, without empty cents', () => {
    expect(en.money(10005534)).toBe('$10,005,534');
    expect(en.money('1054.5')).toBe('$1,054.50');
    expect(zh.money(88.8)).toBe('¥88.80');
  });

  it('keeps every digit of a long amount', () => {
    expect(en.number('12345678901234567.89', 2)).toBe('12,345,678,901,234,567.89');
  });

  it('lets decimals line up', () => {
    expect(en.number('4269.9', 4)).toBe('4,269.90');
    expect(en.number('4269.9876', 4)).toBe('4,269.9876');
    expect(en.number(7, 0)).toBe('7');
  });

  it('groups integers, but not those that could be a year', () => {
    expect(en.integer(1986)).toBe('1986');
    expect(en.integer('10083')).toBe('10,083');
  });

  it('names the year only where it is another', () => {
    expect(en.date('2026-12-12', true)).toBe('12 Dec');
    expect(en.date('2017-12-12', true)).toBe('12 Dec 2017');
    expect(zh.date('2026-12-12')).toBe('2026年12月12日');
    expect(zh.date('2026-12-12', true)).toBe('12月12日');
  });

  it('shows a point in time on the clock of the tenant', () => {
    expect(en.dateTime('2026-11-19T02:30:00Z', true)).toBe('18 Nov 21:30');
    expect(zh.dateTime('2026-11-19T02:30:00Z', true)).toBe('11月19日 10:30');
  });

  it('says how long ago in the language, and the day when it is long', () => {
    expect(en.relative('2026-11-19T10:00:00Z')).toBe('2 hr. ago');
    expect(zh.relative('2026-11-18T12:00:00Z')).toBe('昨天');
    expect(en.relative('2026-11-01T12:00:00Z')).toBe('1 Nov');
  });

  it('shows what is no date as it is', () => {
    expect(en.date('soon')).toBe('soon');
  });

  it('takes initials, or the first character of a Chinese name', () => {
    expect(initials('Corliss Cosme')).toBe('CC');
    expect(initials('李伟')).toBe('李');
    expect(initials('')).toBe('?');
  });
});

describe('what a definition wants shown', () => {
  const field = (type: FieldMeta['type'], format: DisplayFormat): FieldMeta => ({
    name: 'f',
    property: 'f',
    type,
    label: { en: 'F' },
    format,
  });

  it('shows numbers compact, without groups, with other decimals', () => {
    expect(asDefined(en, field('integer', { style: 'compact' }), 1234567)).toBe('1.2M');
    expect(asDefined(zh, field('integer', { style: 'compact' }), 1234567)).toBe('123.5万');
    expect(asDefined(en, field('integer', { style: 'plain' }), 1234567)).toBe('1234567');
    expect(asDefined(en, field('decimal', { decimals: 1 }), '12345.678')).toBe('12,345.7');
    expect(asDefined(en, field('percent', { decimals: 0 }), '12.5')).toBe('13%');
    expect(asDefined(en, field('money', { decimals: 0 }), '1234.50', 'USD')).toBe('$1,235');
    expect(asDefined(en, field('money', { style: 'compact' }), '1234567', 'USD')).toBe('$1.2M');
  });

  it('shows days and points in time', () => {
    expect(asDefined(en, field('date', { style: 'month' }), '2026-01-31')).toBe('January 2026');
    expect(asDefined(zh, field('date', { style: 'month' }), '2026-01-31')).toBe('2026年1月');
    expect(asDefined(en, field('date', { style: 'short' }), '2026-01-31')).toBe('31/01/2026');
    expect(asDefined(en, field('date', { style: 'year' }), '2026-01-31')).toBe('2026');
    expect(asDefined(zh, field('datetime', { style: 'day' }), '2026-11-19T02:30:00Z')).toBe('2026年11月19日');
    expect(asDefined(en, field('datetime', { style: 'relative' }), '2026-11-19T10:00:00Z')).toBe('2 hr. ago');
  });

  it('puts letters and digits into a mask that they fill', () => {
    expect(masked('###-##-####', '123456789')).toBe('123-45-6789');
    expect(masked('## ##', 'a1中2')).toBe('a1 中2');
    expect(masked('###', '12')).toBe('12');
    expect(masked(undefined, '12')).toBe('12');
  });

  it('leaves alone what nothing was said about', () => {
    expect(asDefined(en, { ...field('integer', {}), format: undefined } as unknown as FieldMeta, 1)).toBeUndefined();
    expect(asDefined(en, field('text', { mask: '##' }), 'ab')).toBeUndefined();
  });
});
