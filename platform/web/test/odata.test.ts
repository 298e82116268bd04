import { describe, expect, it } from 'vitest';
import { all, literal, nextPath, quote, searchExpression, setUrl } from '../src/api/odata';

describe('requests to the data API', () => {
  it('encodes options and leaves out empty ones', () => {
    expect(setUrl('accounts', { filter: "name eq 'A&B'", top: 5, search: '' })).toBe(
      "/api/v1/data/accounts?$filter=name%20eq%20'A%26B'&$top=5",
    );
  });

  it('doubles quotes in text and leaves numbers bare', () => {
    expect(quote("O'Brien")).toBe("'O''Brien'");
    expect(literal('money', '12.5')).toBe('12.5');
    expect(literal('picklist', 'won')).toBe("'won'");
  });

  it('asks for every word typed, whatever characters it has', () => {
    expect(searchExpression('  北京 "x" ')).toBe('"北京" "\\"x\\""');
    expect(searchExpression('   ')).toBeUndefined();
  });

  it('follows next links of this origin only, absolute or relative', () => {
    expect(nextPath('https://elsewhere.example/api/v1/data/accounts?$skiptoken=a')).toBe(
      '/api/v1/data/accounts?$skiptoken=a',
    );
    expect(nextPath('accounts?$skiptoken=a')).toBe('/api/v1/data/accounts?$skiptoken=a');
  });

  it('joins conditions so that none swallows the other', () => {
    expect(all('a eq 1', undefined, 'b eq 2 or c eq 3')).toBe('(a eq 1) and (b eq 2 or c eq 3)');
    expect(all(undefined, '')).toBeUndefined();
  });
});
