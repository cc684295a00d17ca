import { useSyncExternalStore } from 'react';

// In the page's first text size. The style sheets ask for the same.
/** As wide as a phone that is held upright. */
const NARROW = '(max-width: 30rem)';
/** A phone, a tablet of seven inches, or one that lies and is as wide as 4:3. */
const SMALL = [
  '(orientation: portrait) and (max-width: 40rem)',
  '(orientation: landscape) and (max-height: 40rem)',
  '(orientation: landscape) and (max-height: 50rem) and (max-width: 68rem)',
].join(', ');

/** Whether the screen is too narrow for everything that stands beside each other on a tablet. */
export function useNarrow(): boolean {
  return useMedia(NARROW);
}

/** Whether the screen has no room for what few visitors need: it is one tap away then. */
export function useSmall(): boolean {
  return useMedia(SMALL);
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
