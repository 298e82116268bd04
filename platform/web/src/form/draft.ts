import type { FormValues } from './codec';

const PREFIX = 'relata.draft.';

/** Where a form's entries wait while it is open: this tab only, and apart for each person and record. */
export function draftKey(tenantId: string, userId: string, setName: string, id: string | undefined): string {
  return `${PREFIX}${tenantId}.${userId}.${setName}.${id ?? 'new'}`;
}

export function loadDraft(key: string, storage: Storage = sessionStorage): FormValues | undefined {
  try {
    const stored: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    return stored !== null && typeof stored === 'object' ? (stored as FormValues) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps only what differs from where the form started; a full storage loses the draft, never the form. */
export function saveDraft(key: string, start: FormValues, now: FormValues, storage: Storage = sessionStorage): boolean {
  const differing = Object.entries(now).filter(([property, text]) => text !== (start[property] ?? ''));
  if (differing.length === 0) {
    storage.removeItem(key);
    return false;
  }
  try {
    storage.setItem(key, JSON.stringify(Object.fromEntries(differing)));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key: string, storage: Storage = sessionStorage): void {
  storage.removeItem(key);
}
