import type { Troubles } from './troubles.ts';
import type { Step } from './visit/step.ts';

/** Kept for as long as the window is, through every loading anew. */
const NOTE = 'askfirst-crashed';

/**
 * The last screens of a yes. Whoever saw both has seen all screens work; a no has seen only the first ones, and who was shown the receipt because the
 * tablet could not go on has not seen the result.
 */
const LAST_STEPS: readonly Step[] = ['result', 'receipt'];

/** Notes that the page is loaded anew because something in it broke. */
export function noteCrash(): void {
  try {
    sessionStorage.setItem(NOTE, 'yes');
  } catch {
    // A browser that keeps nothing for this page shows the fault on the screen alone.
  }
}

/**
 * Tells staff of a crash that was noted, from now on until a yes has come to its own end. A page that asks again looks well, and may crash
 * at the same place with each visitor.
 */
export function troublesAfter(troubles: Troubles): { readonly seen: (step: Step) => void } {
  let missing = new Set(LAST_STEPS);
  if (isNoted()) troubles.set('crashed', true);
  return {
    seen: (step) => {
      missing.delete(step);
      if (step !== 'attract') return;
      if (missing.size === 0) {
        forget();
        troubles.set('crashed', false);
      }
      missing = new Set(LAST_STEPS);
    },
  };
}

function isNoted(): boolean {
  try {
    return sessionStorage.getItem(NOTE) !== null;
  } catch {
    return false;
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(NOTE);
  } catch {
    // Then there was no note either.
  }
}
