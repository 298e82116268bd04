import type { ReactNode } from 'react';

/** Something that one can choose. */
export interface Item {
  key: string;
  icon: ReactNode;
  text: ReactNode;
  extra?: ReactNode;
  run: () => void;
}

export interface Group {
  title: string;
  /** How many there are in all, when more can be found than shown. */
  count?: string;
  items: Item[];
}
