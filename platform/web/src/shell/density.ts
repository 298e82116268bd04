import { useSyncExternalStore } from 'react';

export type Density = 'comfortable' | 'compact';

const KEY = 'relata.density';
const listeners = new Set<() => void>();

export function density(): Density {
  return localStorage.getItem(KEY) === 'compact' ? 'compact' : 'comfortable';
}

/** How close rows stand; the device remembers it, as it is a matter of its screen. */
export function setDensity(next: Density): void {
  localStorage.setItem(KEY, next);
  for (const listener of listeners) {
    listener();
  }
}

export function useDensity(): Density {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, density);
}
