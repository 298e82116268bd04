import { describe, expect, it } from 'vitest';
import { canUndo, type Job } from '../src/settings/jobs';

function job(more: Partial<Job>): Job {
  const none = { processed: 0, created: 0, updated: 0, deleted: 0, restored: 0, rejected: 0 };
  const base = {
    id: 'one',
    kind: 'import',
    entity: 'account',
    state: 'done' as const,
    createdAt: '2026-01-31T09:00:00Z',
  };
  return { ...base, ...none, created: 3, finishedAt: '2026-01-31T09:01:00Z', ...more };
}

describe('a job', () => {
  it('can be taken back once it has done something', () => {
    expect(canUndo(job({}), [])).toBe(true);
    expect(canUndo(job({ kind: 'undo', created: 0, deleted: 3 }), [])).toBe(true);
    expect(canUndo(job({ state: 'cancelled' }), [])).toBe(true);
    expect(canUndo(job({ created: 0 }), [])).toBe(false);
    expect(canUndo(job({ kind: 'export' }), [])).toBe(false);
    const { finishedAt: _, ...running } = job({});
    expect(canUndo(running, [])).toBe(false);
  });

  it('is taken back only once, unless that failed', () => {
    const undoing = job({ id: 'two', kind: 'undo', change: 'import:one' });
    expect(canUndo(job({}), [undoing])).toBe(false);
    expect(canUndo(job({}), [{ ...undoing, state: 'failed' }])).toBe(true);
    expect(canUndo(job({ id: 'three' }), [undoing])).toBe(true);
  });
});
