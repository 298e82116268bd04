import { useMediaQuery } from '@mantine/hooks';

/** Below this width lists become cards, panels become sheets. */
export function usePhone(): boolean {
  return useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false }) ?? false;
}

export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 1200px)', undefined, { getInitialValueInEffect: false }) ?? false;
}
