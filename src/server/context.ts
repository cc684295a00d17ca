import type { Clock, RandomBytes } from '#values';
import type { Database } from './database/open.ts';
import type { InTransaction } from './database/shared-commit.ts';
import type { StorageWatch } from './database/storage-watch.ts';
import type { ClockWatch } from './retention/clock-watch.ts';
import type { LiveHub } from './staff/live-hub.ts';

/** What every route works with. */
export interface ServerContext {
  readonly db: Database;
  /** For what kiosks send, many at a time: they share the wait for the disk where that helps. */
  readonly inTransaction: InTransaction;
  readonly now: Clock;
  readonly clock: ClockWatch;
  readonly random: RandomBytes;
  readonly live: LiveHub;
  readonly storage: StorageWatch;
  /** A demo server lets a kiosk on its own machine in without a code. */
  readonly isDemo: boolean;
  /** Where phones reach this server, if it knows better than the shop's settings. */
  readonly publicUrl: () => string | null;
  /** Cookies are `Secure` and browsers are told to stay on TLS. */
  readonly isTls: boolean;
}
