import type { KeyboardCoordinateGetter } from '@dnd-kit/core';

/** Arrow keys carry the lifted card to the middle of the next column's top. */
export const columnByColumn: KeyboardCoordinateGetter = (event, { context }) => {
  const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
  if (step === 0) {
    return undefined;
  }
  event.preventDefault();
  const rects = [...context.droppableRects.values()].sort((a, b) => a.left - b.left);
  const card = context.collisionRect;
  if (card === null) {
    return undefined;
  }
  const middle = card.left + card.width / 2;
  const at = rects.findIndex((rect) => middle >= rect.left && middle <= rect.left + rect.width);
  const next = rects[Math.min(rects.length - 1, Math.max(0, at + step))];
  return next === undefined ? undefined : { x: next.left + (next.width - card.width) / 2, y: next.top + 96 };
};
