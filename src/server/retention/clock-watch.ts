import type { Clock, Instant } from '#values';
import type { Database } from '../database/open.ts';
import { clockDoubt, LONGEST_LEAP_MS } from './clock-doubt.ts';

/** Whether anything may be deleted by this server's clock, here or by the tablets that set theirs by it. */
export interface ClockWatch {
  /** Looks into the database. Gives since when nothing is known of this server where that makes its clock doubtful, else null. */
  readonly check: () => Promise<Instant | null>;
  /** What the last check found, and that the clock has not leapt since then: answers cannot wait for the database, nor a leap for the next check. */
  readonly isBelieved: () => boolean;
}

/** Believes nothing until it has been checked. */
export function clockWatch(db: Database, now: Clock): ClockWatch {
  let believedAt: Instant | null = null;
  return {
    check: async () => {
      const checkedAt = now();
      const knownAt = await clockDoubt(db, checkedAt);
      believedAt = knownAt === null ? checkedAt : null;
      return knownAt;
    },
    isBelieved: () => believedAt !== null && Math.abs(now() - believedAt) <= LONGEST_LEAP_MS,
  };
}
