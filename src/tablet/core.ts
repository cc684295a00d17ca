import type { KioskConfig, PairResponse } from '#protocol';
import type { Elapsed, Instant, RandomBytes } from '#values';
import type { CorrectedClock } from './clock.ts';
import type { Database, Identity } from './database.ts';

/** What every part of the tablet works with: its storage, its key, its clock, and the settings in force. */
export interface TabletCore {
  readonly database: Database;
  readonly identity: Identity;
  readonly paired: PairResponse;
  readonly clock: CorrectedClock;
  readonly now: () => Instant;
  readonly random: RandomBytes;
  readonly config: () => KioskConfig;
  /** Something was committed: send it, and let screens read again. */
  readonly changed: () => void;
}

export const browserElapsed: Elapsed = () => performance.now();

export const browserRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
