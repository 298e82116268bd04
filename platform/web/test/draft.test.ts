import { describe, expect, it } from 'vitest';
import { draftKey, dropDraft, loadDraft, saveDraft } from '../src/form/draft';

class MemoryStorage implements Storage {
  private readonly items = new Map<string, string>();

  get length(): number {
    return this.items.size;
  }

  clear(): void {
    this.items.clear();
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  setItem(key: string, value: string): void {
    if (value.length > 1000) {
      throw new DOMException('full', 'QuotaExceededError');
    }
    this.items.set(key, value);
  }
}

const key = draftKey('tenant', 'user', 'accounts', undefined);

describe('drafts', () => {
  it('keeps only what differs from the start', () => {
    const storage = new MemoryStorage();
    expect(saveDraft(key, { name: 'A', city: 'X' }, { name: 'B', city: 'X', note: '' }, storage)).toBe(true);
    expect(loadDraft(key, storage)).toEqual({ name: 'B' });
  });

  it('forgets a draft once everything is as it was', () => {
    const storage = new MemoryStorage();
    saveDraft(key, { name: 'A' }, { name: 'B' }, storage);
    expect(saveDraft(key, { name: 'A' }, { name: 'A' }, storage)).toBe(false);
    expect(loadDraft(key, storage)).toBeUndefined();
  });

  it('survives a full storage and broken contents', () => {
    const storage = new MemoryStorage();
    expect(saveDraft(key, {}, { note: 'x'.repeat(2000) }, storage)).toBe(false);
    storage.setItem(key, '{broken');
    expect(loadDraft(key, storage)).toBeUndefined();
    dropDraft(key, storage);
    expect(storage.length).toBe(0);
  });

  it('keeps people, tenants and records apart', () => {
    const keys = new Set([
      key,
      draftKey('t2', 'user', 'accounts', undefined),
      draftKey('tenant', 'user', 'accounts', '1'),
    ]);
    expect(keys.size).toBe(3);
  });
});
