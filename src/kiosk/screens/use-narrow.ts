import { useSyncExternalStore } from 'react';

/** As wide as a phone that is held upright, in the page's first text size. The style sheets ask for the same. */
const NARROW = '(max-width: 30rem)';

/** Whether the screen is too narrow for everything that stands beside each other on a tablet. */
export function useNarrow(): boolean {
  return useSyncExternalStore(onWidthChange, isNarrow);
}

function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}

function onWidthChange(listener: () => void): () => void {
  const width = matchMedia(NARROW);
  width.addEventListener('change', listener);
  return () => width.removeEventListener('change', listener);
}
