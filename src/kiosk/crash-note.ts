import type { Troubles } from './troubles.ts';
import type { Step } from './visit/step.ts';

/** Kept for as long as the window is, through every loading anew. */
const NOTE = 'askfirst-crashed';

/** The last screen of a yes. Whoever got there has seen all screens work; a no has seen only the first of them. */
const LAST_STEP: Step = 'receipt';

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
  let before: Step | null = null;
  if (isNoted()) troubles.set('crashed', true);
  return {
    seen: (step) => {
      if (step === 'attract' && before === LAST_STEP) {
        forget();
        troubles.set('crashed', false);
      }
      before = step;
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
