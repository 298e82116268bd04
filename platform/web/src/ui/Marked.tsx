import type { ReactNode } from 'react';
import type { Mark } from '../api/search';

/** A text in which some stretches are marked. */
export function Marked({ text, marks }: { text: string; marks: Mark[] }) {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const [start, length] of marks) {
    parts.push(text.slice(from, start), <mark key={start}>{text.slice(start, start + length)}</mark>);
    from = start + length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}
