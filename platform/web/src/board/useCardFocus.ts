import { type RefObject, useCallback } from 'react';

type Direction = 'up' | 'down' | 'left' | 'right';

function cardsIn(column: Element): HTMLElement[] {
  return [...column.querySelectorAll<HTMLElement>('[data-card]')];
}

/** Moves the focus over the cards as they lie on the screen. */
export function useCardFocus(box: RefObject<HTMLDivElement | null>) {
  return useCallback(
    (direction: Direction) => {
      const columns = [...(box.current?.querySelectorAll('[data-column]') ?? [])].map(cardsIn);
      const filled = columns.filter((cards) => cards.length > 0);
      const here = document.activeElement?.closest<HTMLElement>('[data-card]') ?? undefined;
      const column = here === undefined ? -1 : filled.findIndex((cards) => cards.includes(here));
      if (here === undefined || column < 0) {
        filled[0]?.[0]?.focus();
        return;
      }
      const row = filled[column]?.indexOf(here) ?? 0;
      const sideways = direction === 'left' ? -1 : direction === 'right' ? 1 : 0;
      const down = direction === 'up' ? -1 : direction === 'down' ? 1 : 0;
      const target = filled[Math.min(filled.length - 1, Math.max(0, column + sideways))] ?? [];
      target[Math.min(target.length - 1, Math.max(0, row + down))]?.focus();
    },
    [box],
  );
}
