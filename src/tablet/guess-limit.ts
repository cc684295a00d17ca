import { type Instant, instant, MINUTE_MS, type Outcome } from '#values';
import { commit } from './commit.ts';
import type { TabletCore } from './core.ts';
import { readMeta, writeMeta } from './database.ts';

const GUESSES_BEFORE_LOCK = 5;
/** Doubles with each further five wrong guesses, up to an hour: slow for a guesser, never for ever for the owner. */
const FIRST_LOCK_MS = MINUTE_MS;
const LONGEST_LOCK_MS = 60 * MINUTE_MS;
const NO_GUESSES = { wrong: 0, lockedUntil: instant(0) } as const;

/** What can be guessed at on the tablet. Each has a count of its own. */
export type Guessed = 'pinGuesses' | 'codeGuesses';
export type GuessRefusal = 'wrong' | 'locked';

/**
 * Tries a guess. Guesses are counted on disk first, each in its own turn, so that neither a reload nor guesses at the same moment give
 * further ones. A right one begins the count anew.
 */
export async function tryGuess(
  core: TabletCore,
  guessed: Guessed,
  isRight: () => Promise<boolean>,
): Promise<Outcome<object, GuessRefusal>> {
  const now = core.now();
  let locked = false;
  const counted = await commit(core.database, core, async ({ transaction }) => {
    const guesses = (await readMeta(transaction, guessed)) ?? NO_GUESSES;
    locked = isLocked(guesses.lockedUntil, now);
    if (locked) return;
    const wrong = guesses.wrong + 1;
    await writeMeta(transaction, guessed, { wrong, lockedUntil: lockEnd(wrong, now) });
  });
  if (locked) return { ok: false, reason: 'locked' };
  if (!counted.ok || !(await isRight())) return { ok: false, reason: 'wrong' };
  await commit(core.database, core, ({ transaction }) => writeMeta(transaction, guessed, NO_GUESSES));
  return { ok: true };
}

/** A lock that would last longer than any was set by a clock that has been put right since. */
function isLocked(lockedUntil: Instant, now: Instant): boolean {
  return now < lockedUntil && lockedUntil - now <= LONGEST_LOCK_MS;
}

function lockEnd(wrong: number, now: Instant): Instant {
  if (wrong % GUESSES_BEFORE_LOCK !== 0) return instant(0);
  const doublings = wrong / GUESSES_BEFORE_LOCK - 1;
  return instant(now + Math.min(FIRST_LOCK_MS * 2 ** doublings, LONGEST_LOCK_MS));
}
