import { describe, expect, it } from 'vitest';
import { type ConsentEntry, type Consents, standing, words } from '../src/api/consents';

const purpose = (agreed: boolean): Consents['purposes'][number] => ({
  id: 'p',
  code: 'letter',
  label: { en: 'Letter' },
  active: true,
  agreed,
  text: { version: 1, text: { en: 'May we?' }, writtenBy: 'u', writtenAt: '2026-01-01T00:00:00Z' },
});

const entry = (state: 'given' | 'withdrawn', current: boolean): ConsentEntry => ({
  id: state,
  purpose: 'letter',
  state,
  saidAt: '2026-01-01T00:00:00Z',
  current,
  recordedAt: '2026-01-01T00:00:00Z',
  recordedBy: 'u',
  way: 'screen',
});

describe('how things stand between a person and a purpose', () => {
  it('is what the person said last', () => {
    const entries = [entry('withdrawn', true), entry('given', false)];
    expect(standing({ purposes: [], entries }, purpose(false))).toBe('withdrawn');
  });

  it('is over where what was given counts no more', () => {
    expect(standing({ purposes: [], entries: [entry('given', true)] }, purpose(false))).toBe('over');
    expect(standing({ purposes: [], entries: [entry('given', true)] }, purpose(true))).toBe('agreed');
  });

  it('is nothing where nothing counts', () => {
    expect(standing({ purposes: [], entries: [] }, purpose(false))).toBe('none');
    expect(standing({ purposes: [], entries: [entry('given', false)] }, purpose(false))).toBe('none');
  });
});

it('leaves languages out that have no words', () => {
  expect(words(' May we? ', ' ')).toEqual({ en: 'May we?' });
});
