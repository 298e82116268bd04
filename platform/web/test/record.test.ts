import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../src/api/problem';
import { sortViolations } from '../src/form/violations';
import { clashes, merged } from '../src/record/conflict';
import { rampStep, stagePlace } from '../src/ui/stage';
import { known, stage } from './fixtures';

describe('conflicts', () => {
  const base = { id: '1', name: 'A', amount: 1, stage: 'won' };

  it('show only fields that both changed to different values', () => {
    const theirs = { id: '1', name: 'A', amount: 2, stage: 'lost' };
    expect(clashes(base, { amount: '3', name: 'B' }, theirs)).toEqual([{ property: 'amount', mine: '3', theirs: 2 }]);
    expect(clashes(base, { stage: 'lost' }, theirs)).toEqual([]);
  });

  it('drop my value where theirs was chosen', () => {
    expect(merged({ amount: '3', name: 'B' }, new Set(['amount']))).toEqual({ name: 'B' });
  });
});

describe('violations', () => {
  it('stand at their field, named either way; the rest stands above the form', () => {
    const problem = new ApiProblem(422, {
      violations: [
        { field: 'account', code: 'lookup', message: 'No such account' },
        { field: 'name', code: 'required', message: 'Needed' },
        { code: 'rule', message: 'Closed deals stay closed' },
      ],
    });
    expect(sortViolations(known('opportunity'), problem)).toEqual({
      byProperty: { accountId: 'No such account', name: 'Needed' },
      general: ['Closed deals stay closed'],
    });
  });
});

describe('stages', () => {
  it('run up to the first success; what comes after it is lost', () => {
    expect(stagePlace(stage, 'prospecting').kind).toBe('open');
    expect(stagePlace(stage, 'won')).toEqual({ fraction: 1, kind: 'won' });
    expect(stagePlace(stage, 'lost').kind).toBe('lost');
  });

  it('darken with progress', () => {
    const steps = ['prospecting', 'engaging'].map((value) => rampStep(stagePlace(stage, value)));
    expect(steps[0]).toBeLessThan(steps[1] ?? 0);
  });
});
