import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { computedOf, evaluate } from '../src/expression/evaluate';
import { lower, upper } from '../src/expression/texts';
import { Moment } from '../src/expression/time';
import type { Node } from '../src/expression/tree';

interface Vector {
  text: string;
  zone: string;
  language: string;
  tree: Node;
  values: readonly unknown[];
}

interface File {
  now: string;
  records: readonly Record<string, unknown>[];
  vectors: readonly Vector[];
}

/** Written by a test of the engine, BrowserVectorsTest. */
const file = JSON.parse(readFileSync(new URL('expressions.json', import.meta.url), 'utf8')) as File;
const now = Moment.parse(file.now) as Moment;

function shown(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? String(value) : value;
}

describe('the evaluator', () => {
  it('computes what Java computes', () => {
    expect(file.vectors.length).toBeGreaterThan(300);
    for (const vector of file.vectors) {
      const environment = { now, zone: vector.zone, language: vector.language };
      const values = file.records.map((record) =>
        shown(evaluate(vector.tree, (path) => record[path.join('.')], environment)),
      );
      expect({ text: vector.text, values }).toEqual({ text: vector.text, values: vector.values });
    }
  });

  it('takes what the API brings', () => {
    expect(String(computedOf(12.5, 'number'))).toBe('12.5');
    expect(computedOf('x', 'number')).toBeNull();
    expect(computedOf('2026-02-30', 'date')).toBeNull();
    expect(String(computedOf('2026-01-31T09:30:00+08:00', 'datetime'))).toBe('2026-01-31T01:30:00Z');
  });

  it('maps one letter to one letter', () => {
    expect(upper('ßᾀᾳ')).toBe('ßᾈᾼ');
    expect(lower('İ')).toBe('i');
  });
});
