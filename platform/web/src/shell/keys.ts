import { useEffect, useRef } from 'react';

const LETTERS_OFF = 'relata.letters.off';

export function lettersOn(): boolean {
  return localStorage.getItem(LETTERS_OFF) === null;
}

export function setLetters(on: boolean): void {
  if (on) {
    localStorage.removeItem(LETTERS_OFF);
  } else {
    localStorage.setItem(LETTERS_OFF, 'true');
  }
}

const WRITES = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
}

/** What a press is called in a key map: `j`, `Enter`, `Mod+k`; nothing while an input method composes. */
export function nameOf(event: Pressed): string | undefined {
  if (event.isComposing || event.altKey) {
    return undefined;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Mod+${key}` : key;
}

function belongsToControl(event: KeyboardEvent, name: string): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target === null || (name.startsWith('Mod+') && name !== 'Mod+z')) {
    return false;
  }
  if (target.closest(WRITES) !== null) {
    return true;
  }
  // Space and Enter press the button or link that has focus; the other keys are ours.
  return (name === ' ' || name === 'Enter') && target.closest('button, a, [role=menuitem], [role=option]') !== null;
}

function layerOpen(): boolean {
  return document.querySelector('[aria-modal=true], [role=menu], [role=listbox]') !== null;
}

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

/** Page-wide keys. Letters stay off in text, under an open layer, and for people who switched them off. */
export function useKeys(map: KeyMap, enabled = true): void {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    if (!enabled) {
      return;
    }
    const onKey = (event: KeyboardEvent) => {
      const name = nameOf(event);
      const action = name === undefined ? undefined : latest.current[name];
      if (name === undefined || action === undefined || event.defaultPrevented) {
        return;
      }
      const letter = name.length === 1 && name !== ' ';
      if (belongsToControl(event, name) || (letter && !lettersOn()) || (!name.startsWith('Mod+') && layerOpen())) {
        return;
      }
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled]);
}
