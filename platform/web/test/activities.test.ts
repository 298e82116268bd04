import { describe, expect, it } from 'vitest';
import { emptyDraft, isPlanned, linksOf, subjectOf, valuesOf } from '../src/activity/activities';
import { timelineOf } from '../src/activity/timeline';
import { Entity } from '../src/api/model';
import type { HistoryEntry } from '../src/api/types';
import { field, known } from './fixtures';

const NOW = '2026-11-30T08:00:00.000Z';

const lookup = (name: string, target: string) =>
  field(name, 'lookup', { property: `${name}Id`, navigation: name, target });

const activity = new Entity({
  name: 'activity',
  setName: 'activities',
  label: {},
  pluralLabel: {},
  nameField: 'subject',
  fields: [field('subject', 'text'), lookup('account', 'account'), lookup('opportunity', 'opportunity')],
  views: [],
});

describe('an activity about a record', () => {
  it('is about what the record belongs to as well, but not about its kin', () => {
    const deal = { id: 'd', accountId: 'a' };
    expect(linksOf(activity, known('opportunity'), deal)).toEqual({ opportunityId: 'd', accountId: 'a' });
    expect(linksOf(activity, known('account'), { id: 'a', parentId: 'p' })).toEqual({ accountId: 'a' });
  });
});

describe('what the composer writes', () => {
  const draft = (kind: 'note' | 'call' | 'task' | 'meeting', more = {}) => ({
    ...emptyDraft(kind, '2026-11-30'),
    ...more,
  });

  it('takes the first line of a note for its subject, and shortens a long one', () => {
    expect(subjectOf(draft('note', { text: ' Legal is fine\nwith it' }))).toBe('Legal is fine');
    expect(subjectOf(draft('note', { text: 'x'.repeat(400) }))).toHaveLength(300);
    expect(subjectOf(draft('call', { text: '  ' }))).toBe('');
  });

  it('logs a call as done now, with its minutes and direction', () => {
    const call = draft('call', { subject: 'Price', minutes: '14', incoming: true });
    expect(valuesOf(call, 'me', { now: NOW, meeting: undefined })).toEqual({
      subject: 'Price',
      kind: 'call',
      owner: 'me',
      done: true,
      at: NOW,
      duration: 840,
      direction: 'incoming',
    });
  });

  it('plans a task for its day and a meeting for its time', () => {
    const values = valuesOf(draft('task', { subject: 'Send offer' }), 'me', { now: NOW, meeting: undefined });
    expect(values).toEqual({ subject: 'Send offer', kind: 'task', owner: 'me', done: false, dueDate: '2026-11-30' });
    const later = '2026-12-01T09:00:00.000Z';
    const meeting = valuesOf(draft('meeting', { subject: 'Demo' }), 'me', { now: NOW, meeting: later });
    expect(meeting).toMatchObject({ done: false, at: later });
  });
});

describe('the timeline', () => {
  const entry = (at: string): HistoryEntry => ({ at, actor: null, origin: 'api', action: 'update', changes: [] });
  const records = [
    { id: 'task2', kind: 'task', done: false, dueDate: '2026-12-05' },
    { id: 'task1', kind: 'task', done: false, dueDate: '2026-12-01' },
    { id: 'someday', kind: 'task', done: false },
    { id: 'call', kind: 'call', done: true, at: '2026-11-29T10:00:00Z' },
    { id: 'missed', kind: 'meeting', done: false, at: '2026-11-28T10:00:00Z' },
  ];

  it('has what is to be done first, the next day first, and then what was, the last first', () => {
    const { planned, past } = timelineOf(records, [entry('2026-11-29T09:00:00Z')], 'all', NOW);
    expect(planned.map((record) => record.id)).toEqual(['task1', 'task2', 'someday']);
    expect(past.map((one) => (one.kind === 'change' ? 'change' : one.record.id))).toEqual(['call', 'change', 'missed']);
  });

  it('shows one kind only when asked to', () => {
    expect(timelineOf(records, [entry(NOW)], 'changes', NOW)).toMatchObject({
      planned: [],
      past: [{ kind: 'change' }],
    });
    expect(timelineOf(records, [entry(NOW)], 'activities', NOW).past.every((one) => one.kind === 'activity')).toBe(
      true,
    );
  });

  it('counts a meeting that is over as past, done or not', () => {
    expect(isPlanned({ id: 'm', kind: 'meeting', done: false, at: NOW }, '2026-12-01T00:00:00Z')).toBe(false);
  });
});
