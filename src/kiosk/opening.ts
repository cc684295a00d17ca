import type { OpenFault, Tablet } from '#tablet';
import type { Turns } from './try-in-turn.ts';

export type Opening =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly tablet: Tablet }
  /** The browser took the storage away: this page can keep nothing more. */
  | { readonly state: 'lost' }
  | { readonly state: 'failed'; readonly reason: OpenFault; readonly triedCode: boolean };

/** A tablet that cannot start yet tries again by itself, this long after the last time: the network or the other window may come or go. */
const RETRY_MS = 10_000;
/** One that waits for a code asks seldom: a chain's tablets share the few tries a minute, and only a server that knows it again lets it in without. */
const RETRY_WITHOUT_CODE_MS = 600_000;

/** How the tablet is opened: with the code that was typed until it proves wrong, and then without, in case the server knows the tablet again. */
export function openingTurns(
  typed: string | null,
  open: (code: string | null) => Promise<Opening>,
): Omit<Turns<Opening>, 'onResult'> {
  let code = typed;
  return {
    attempt: async () => {
      const opening = await open(code);
      if (waitsForCode(opening)) code = null;
      return opening;
    },
    whenThrown: { state: 'failed', reason: 'storage-failed', triedCode: typed !== null },
    pauseAfter: (opening) => {
      if (opening.state !== 'failed') return null;
      return waitsForCode(opening) ? RETRY_WITHOUT_CODE_MS : RETRY_MS;
    },
  };
}

function waitsForCode(opening: Opening): boolean {
  return opening.state === 'failed' && opening.reason === 'code-needed';
}
