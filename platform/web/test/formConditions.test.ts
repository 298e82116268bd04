import { describe, expect, it } from 'vitest';
import type { FieldMeta } from '../src/api/types';
import type { Environment } from '../src/expression/evaluate';
import { Moment } from '../src/expression/time';
import type { Node } from '../src/expression/tree';
import { conditioned, type Known } from '../src/form/conditions';

const environment: Environment = {
  now: Moment.parse('2026-11-30T00:00:00Z') as Moment,
  zone: 'UTC',
  language: 'en',
};

const stateIs = (state: string): Node => ({
  op: 'equal',
  of: [
    { path: ['state'], type: 'text' },
    { value: state, type: 'text' },
  ],
  type: 'boolean',
});

const overLookup: Node = {
  op: 'equal',
  of: [
    { path: ['firm', 'name'], type: 'text' },
    { value: 'x', type: 'text' },
  ],
  type: 'boolean',
};

function field(conditions: FieldMeta['conditions'], more: Partial<FieldMeta> = {}): FieldMeta {
  return {
    name: 'reason',
    property: 'reason',
    type: 'text',
    label: { en: 'Reason' },
    ...(conditions === undefined ? {} : { conditions }),
    ...more,
  };
}

const holding =
  (record: Record<string, unknown>): Known =>
  (name) =>
    name in record ? record[name] : undefined;

describe('conditions of fields', () => {
  it('leaves a field without conditions as it is', () => {
    const plain = field(undefined);
    expect(conditioned(plain, holding({}), environment)).toBe(plain);
  });

  it('asks for a value, takes none and hides as the record is', () => {
    const asked = field({
      requiredWhen: stateIs('waived'),
      readOnlyWhen: stateIs('paid'),
      visibleWhen: stateIs('open'),
    });
    expect(conditioned(asked, holding({ state: 'open' }), environment)).toMatchObject({
      required: false,
      readOnly: false,
    });
    expect(conditioned(asked, holding({ state: 'paid' }), environment)).toBeUndefined();
    const waived = field({ requiredWhen: stateIs('waived'), readOnlyWhen: stateIs('paid') });
    expect(conditioned(waived, holding({ state: 'waived' }), environment)).toMatchObject({
      required: true,
      readOnly: false,
    });
    expect(conditioned(waived, holding({ state: 'paid' }), environment)).toMatchObject({
      required: false,
      readOnly: true,
    });
    expect(conditioned(waived, holding({ state: null }), environment)).toMatchObject({
      required: false,
      readOnly: false,
    });
  });

  it('offers the options that can be chosen, and the one that is', () => {
    const options = ['a', 'b', 'c'].map((value) => ({ value, label: { en: value } }));
    const picklist = field({ options: { a: stateIs('open'), b: stateIs('paid') } }, { type: 'picklist', options });
    const offered = (record: Record<string, unknown>) =>
      conditioned(picklist, holding(record), environment)?.options?.map((option) => option.value);
    expect(offered({ state: 'open', reason: null })).toEqual(['a', 'c']);
    expect(offered({ state: 'open', reason: 'b' })).toEqual(['a', 'b', 'c']);
  });

  it('leaves to the server what cannot be told here', () => {
    const far = field({ requiredWhen: overLookup, readOnlyWhen: overLookup, visibleWhen: overLookup });
    expect(conditioned(far, holding({ firm: '1' }), environment)).toMatchObject({ required: false, readOnly: false });
    const unparsed = field({ visibleWhen: stateIs('open') });
    expect(conditioned(unparsed, holding({}), environment)).toBeDefined();
  });
});
