import { describe, expect, it } from 'vitest';
import type { FieldMeta, FieldType } from '../src/api/types';
import { parseField, toText } from '../src/form/codec';
import { durationSeconds, durationText } from '../src/form/duration';
import { Formatter } from '../src/i18n/format';
import { operatorsFor } from '../src/list/filter/conditions';
import { writeFilter } from '../src/list/filter/write';
import { addressText } from '../src/ui/address';
import { currencyOf } from '../src/ui/money';
import { phoneText } from '../src/ui/phone';
import { placeText } from '../src/ui/point';
import { optionsBeside } from '../src/ui/stage';

const ZONE = 'Asia/Shanghai';

function field(type: FieldType, more: Partial<FieldMeta> = {}): FieldMeta {
  return { name: 'f', property: 'f', type, label: {}, ...more };
}

describe('values in inputs', () => {
  it.each<[FieldType, unknown]>([
    ['multiPicklist', ['red', 'blue']],
    ['tags', ['VIP, gold', '星']],
    ['duration', 5400],
    ['time', '09:30:00'],
    ['json', '{"a":1}'],
    ['address', { street: 'Storgata 1\nOppgang B', locality: 'Oslo', country: 'NO' }],
    ['geo', { type: 'Point', coordinates: [10.7522, -59.9139] }],
    ['richText', '<p>Hello <b>you</b></p>'],
  ])('come back from the input of a %s', (type, value) => {
    const parsed = parseField(field(type), toText(field(type), value, ZONE), ZONE);
    expect(parsed).toEqual({ value: type === 'duration' ? '5400' : value });
  });

  it('name a file by its id alone', () => {
    const file = { id: '0198f0c4-9a6e-7cc1-b7f5-6d5f3f1b2a90', name: '合同.pdf', size: 1536 };
    expect(parseField(field('file'), toText(field('file'), file, ZONE), ZONE)).toEqual({ value: { id: file.id } });
    expect(new Formatter('en', ZONE, 'USD').bytes(1536)).toBe('1.5 kB');
  });

  it('are nothing when a list is empty', () => {
    expect(parseField(field('tags'), toText(field('tags'), [], ZONE), ZONE)).toEqual({ value: null });
  });

  it('are refused when they mean nothing', () => {
    expect(parseField(field('geo'), '91, 0', ZONE)).toEqual({ error: { key: 'form.error.geo' } });
    expect(parseField(field('geo'), 'Oslo', ZONE)).toEqual({ error: { key: 'form.error.geo' } });
    expect(parseField(field('duration'), 'soon', ZONE)).toEqual({ error: { key: 'form.error.duration' } });
    expect(parseField(field('json'), '{', ZONE)).toEqual({ error: { key: 'form.error.json' } });
  });
});

describe('addresses and places', () => {
  it('are written as the country and the reader write them', () => {
    const berlin = { street: 'Unter den Linden 1', locality: 'Berlin', postalCode: '10117', country: 'DE' };
    expect(addressText(berlin, 'en')).toBe('Unter den Linden 1, 10117 Berlin, Germany');
    expect(addressText(berlin, 'zh-CN')).toBe('Unter den Linden 1, 10117 Berlin, 德国');
    const guangzhou = {
      street: '天河路1号',
      locality: '广州市',
      region: '广东省',
      postalCode: '510620',
      country: 'CN',
    };
    expect(addressText(guangzhou, 'zh-CN')).toBe('中国广东省广州市天河路1号 510620');
    expect(placeText({ type: 'Point', coordinates: [-74.006, 40.7128] }, 'en')).toBe('40.7128° N, 74.006° W');
    expect(placeText({ type: 'Point', coordinates: [-74.006, 40.7128] }, 'zh-CN')).toBe('西经74.006°，北纬40.7128°');
  });
});

describe('durations', () => {
  it.each([
    ['1:30', 5400],
    ['0:00:05', 5],
    ['1h 30m', 5400],
    ['2 小时 5 分', 7500],
    ['90', 5400],
    ['１：３０', 5400],
  ])('reads %s', (typed, seconds) => expect(durationSeconds(typed)).toBe(seconds));

  it('shows seconds only where there are any', () => {
    expect(durationText(5400)).toBe('1:30');
    expect(durationText(-3605)).toBe('-1:00:05');
  });
});

describe('filters on lists', () => {
  it('ask what a list has', () => {
    const tags = field('tags');
    expect(operatorsFor('tags')).toEqual(['in', 'notIn', 'empty', 'notEmpty']);
    expect(writeFilter([{ field: tags, via: [], operator: 'in', values: ["it's", 'b'] }])).toBe(
      "f/any(v:v in ('it''s','b'))",
    );
    expect(writeFilter([{ field: tags, via: [], operator: 'notIn', values: ['b'] }])).toBe("not f/any(v:v in ('b'))");
    expect(writeFilter([{ field: tags, via: [], operator: 'empty', values: [] }])).toBe('not f/any()');
  });
});

describe('values beside others', () => {
  const city = field('picklist', {
    dependsOn: 'country',
    options: [
      { value: 'sh', label: {}, under: ['cn'] },
      { value: 'b', label: {}, under: ['de'] },
      { value: 'x', label: {} },
    ],
  });
  const offered = (country: unknown) => optionsBeside(city, () => country).map((option) => option.value);

  it('are the options that go with the field they depend on', () => {
    expect(offered('cn')).toEqual(['sh', 'x']);
    expect(offered('')).toEqual(['x']);
    expect(optionsBeside(city, undefined)).toHaveLength(3);
  });

  it('are amounts in the currency that the record names', () => {
    const price = field('money', { currency: 'EUR', currencyField: 'c' });
    expect(currencyOf(price, () => 'JPY')).toBe('JPY');
    expect(currencyOf(price, () => null)).toBe('EUR');
    expect(currencyOf(field('money'), () => 'JPY')).toBeUndefined();
  });
});

describe('telephone numbers', () => {
  it('are written as in their country', () => {
    expect(phoneText('+8613800138000', 'CN')).toBe('138 0013 8000');
    expect(phoneText('+8613800138000', undefined)).toBe('+86 138 0013 8000');
    expect(phoneText('+14155550100', 'US')).toBe('(415) 555-0100');
    expect(phoneText('030/123456', 'DE')).toBe('030/123456');
  });
});
