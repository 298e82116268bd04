import { describe, expect, it } from 'vitest';
import { Decimal, parseJson, writeJson } from '../src/api/json';

describe('JSON with exact decimals', () => {
  it('writes a decimal with the digits that were typed', () => {
    expect(writeJson({ amount: new Decimal('12345678901234567.8900'), name: 'a"b', gone: undefined, none: null })).toBe(
      '{"amount":12345678901234567.8900,"name":"a\\"b","none":null}',
    );
  });

  it('writes lists and nested objects as JSON does', () => {
    const value = { a: [1, 'x', true, null], b: { c: '中' } };
    expect(writeJson(value)).toBe(JSON.stringify(value));
  });

  it('reads ordinary numbers as numbers', () => {
    expect(parseJson('{"amount":10005534.5}')).toEqual({ amount: 10005534.5 });
  });
});
