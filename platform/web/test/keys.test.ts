import { describe, expect, it } from 'vitest';
import { nameOf } from '../src/shell/keys';

const pressed = (key: string, more: Partial<Parameters<typeof nameOf>[0]> = {}) =>
  nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...more });

describe('keys', () => {
  it('have one name whatever the shift key does to letters', () => {
    expect(pressed('J')).toBe('j');
    expect(pressed('?')).toBe('?');
    expect(pressed('ArrowDown')).toBe('ArrowDown');
  });

  it('take Control and Command as the same', () => {
    expect(pressed('k', { ctrlKey: true })).toBe('Mod+k');
    expect(pressed('k', { metaKey: true })).toBe('Mod+k');
  });

  it('are off while an input method composes', () => {
    expect(pressed('c', { isComposing: true })).toBeUndefined();
  });
});
