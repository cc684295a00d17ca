import type { Clock, RandomBytes } from '#values';
import type { Database } from './database/open.ts';
import type { LiveHub } from './staff/live-hub.ts';

/** What every route works with. */
export interface ServerContext {
  readonly db: Database;
  readonly now: Clock;
  readonly random: RandomBytes;
  readonly live: LiveHub;
  /** A demo server lets a kiosk on its own machine in without a code. */
  readonly isDemo: boolean;
  /** Cookies are `Secure` and browsers are told to stay on TLS. */
  readonly isTls: boolean;
}
