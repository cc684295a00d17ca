import { HOUR_MS, type Instant, MINUTE_MS, type RandomBytes } from '#values';
import { afterComparison, type ClockReading, type ClockStart, type CorrectedClock } from './clock.ts';
import { commit } from './commit.ts';
import { type Database, readMeta, writeMeta } from './database.ts';

/** A start asks how long the clock was watched by nobody, in days: what is on disk may be this much older. */
const NOTE_EVERY_MS = HOUR_MS;

/** A request ends within seconds: a comparison that is vaguer was made across a sleep or a turn of the clock, and the next one is better. */
const VAGUE_MS = MINUTE_MS;

interface Effects {
  readonly clock: CorrectedClock;
  readonly random: RandomBytes;
}

/** What a start knows of the clock. */
export async function readKeptClock(database: Database): Promise<ClockStart> {
  const [kept, believedAt] = await Promise.all([
    readMeta(database, 'clock'),
    readMeta(database, 'believedAt'),
  ]);
  return { offsetMs: kept?.offsetMs ?? 0, believedAt };
}

/**
 * Takes a new comparison with the server's clock over, and writes an entry where it shows that the clock was changed, or where there was no room to
 * write that at an earlier one.
 */
export async function noteClock(
  database: Database,
  effects: Effects,
  reading: ClockReading,
  isServerSure: boolean,
): Promise<void> {
  const { clock } = effects;
  if ((reading.uncertaintyMs ?? 0) > VAGUE_MS) return;
  const { reading: taken, hasMoved } = afterComparison(clock.reading(), reading);
  clock.set(taken, isServerSure);
  const { offsetMs } = taken;
  if (!hasMoved && (await isKept(database, offsetMs))) return;
  const uncertaintyMs = taken.uncertaintyMs ?? 0;
  await commit(database, effects, async ({ transaction, append }) => {
    await writeMeta(transaction, 'clock', { offsetMs });
    // Before pairing there is no ledger to write in.
    if ((await readMeta(transaction, 'head')) === null) return;
    await append('clock-changed', { offsetMs, uncertaintyMs });
  });
}

/** Storage that cannot be read any more takes no entry either. */
async function isKept(database: Database, offsetMs: number): Promise<boolean> {
  try {
    return ((await readMeta(database, 'clock'))?.offsetMs ?? 0) === offsetMs;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return true;
  }
}

/** Keeps when the clock was last believed, so that the next start can tell a clock that was turned from one that went on. */
export async function noteBelieved(database: Database, effects: Effects): Promise<void> {
  const believed = effects.clock.believed();
  if (believed === null || isNoted(await readMeta(database, 'believedAt'), believed)) return;
  // Where it cannot be kept, the next start may have to wait for the server.
  await commit(database, effects, ({ transaction }) => writeMeta(transaction, 'believedAt', believed));
}

/** One that lies ahead was noted before the server put the clock right. */
function isNoted(noted: Instant | null, believed: Instant): boolean {
  return noted !== null && noted <= believed && believed - noted < NOTE_EVERY_MS;
}
