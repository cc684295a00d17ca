import { type Instant, instant, MINUTE_MS, type Outcome } from '#values';
import { commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { type GuessCount, readMeta, writeMeta } from './database.ts';

const GUESSES_BEFORE_LOCK = 5;
/** Doubles with each further five wrong guesses, up to an hour: slow for a guesser, never for ever for the owner. */
const FIRST_LOCK_MS = MINUTE_MS;
const LONGEST_LOCK_MS = 60 * MINUTE_MS;
const NO_GUESSES = { wrong: 0, lockedUntil: instant(0), countedAt: instant(0) } as const;

/** What can be guessed at on the tablet. Each has a count of its own. */
export type Guessed = 'pinGuesses' | 'codeGuesses';
/**
 * The PIN is one secret of few digits: whoever knows it begins the count anew, and nothing else does. Codes are many and long, and anybody
 * may hold a right one: it takes back no more than its own count, and what a prankster counted up is forgotten in time.
 */
const MANY_HOLD_ONE: Readonly<Record<Guessed, boolean>> = { pinGuesses: false, codeGuesses: true };
export type GuessRefusal = 'wrong' | 'locked';

/**
 * Tries a guess. Guesses are counted on disk first, each in its own turn, so that neither a reload nor guesses at the same moment give
 * further ones. What a right one does to the count goes by what is guessed at.
 */
export async function tryGuess(
  core: TabletCore,
  guessed: Guessed,
  isRight: () => Promise<boolean>,
): Promise<Outcome<object, GuessRefusal | StorageFault>> {
  const now = core.now();
  let locked = false;
  let before: GuessCount = NO_GUESSES;
  const counted = await commit(core.database, core, async ({ transaction }) => {
    const kept = (await readMeta(transaction, guessed)) ?? NO_GUESSES;
    const guesses = MANY_HOLD_ONE[guessed] && isForgotten(kept, now) ? NO_GUESSES : kept;
    locked = isLocked(guesses.lockedUntil, now);
    if (locked) return;
    const wrong = guesses.wrong + 1;
    await writeMeta(transaction, guessed, { wrong, lockedUntil: lockEnd(wrong, now), countedAt: now });
    before = guesses;
  });
  if (locked) return { ok: false, reason: 'locked' };
  // A guess that could not be counted is not tried, and so neither right nor wrong.
  if (!counted.ok) return counted;
  if (!(await isRight())) return { ok: false, reason: 'wrong' };
  await commit(core.database, core, async ({ transaction }) => {
    const counted = (await readMeta(transaction, guessed)) ?? NO_GUESSES;
    await writeMeta(transaction, guessed, MANY_HOLD_ONE[guessed] ? takeBack(counted, before) : NO_GUESSES);
  });
  return { ok: true };
}

/** The count without one right guess. Where nobody guessed meanwhile it is as it was before, with no lock of the right guess's making. */
function takeBack(counted: GuessCount, before: GuessCount): GuessCount {
  return counted.wrong === before.wrong + 1 ? before : { ...counted, wrong: Math.max(0, counted.wrong - 1) };
}

/** Either way from now: a count that lies ahead was made by a clock that has been put right since. */
function isForgotten({ countedAt }: GuessCount, now: Instant): boolean {
  return Math.abs(now - (countedAt ?? 0)) >= LONGEST_LOCK_MS;
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
