import { type Instant, MINUTE_MS, type ShopId } from '#values';
import type { Database } from '../database/open.ts';

/** Nobody holds retention up for longer, however slowly a file is taken. */
const LONGEST_HOLD_MS = 10 * MINUTE_MS;
/** One that somebody waits for, and one that they began before and gave up. */
const MOST_OF_A_SHOP = 2;
/** Each keeps a page of records in memory for as long as nobody takes it, about 9 MB. */
const MOST_IN_ALL = 12;

/** For how long retention waits for files of a shop. */
interface Hold {
  readonly since: Instant;
  /** Retention has asked, and waits. */
  hasDelayed: boolean;
}

interface Exports {
  readonly underway: Set<object>;
  hold: Hold | null;
}

/** What this process sends, by database and shop. */
const exportsOf = new WeakMap<Database, Map<ShopId, Exports>>();

/** Notes that an export of a shop begins; gives what is called, once or more often, when it has ended. Null where too many are being sent. */
export function beginExport(db: Database, shopId: ShopId, since: Instant): (() => void) | null {
  const shops = exportsOf.get(db) ?? new Map<ShopId, Exports>();
  const exports: Exports = shops.get(shopId) ?? { underway: new Set(), hold: null };
  const inAll = shops.values().reduce((sum, { underway }) => sum + underway.size, 0);
  if (exports.underway.size >= MOST_OF_A_SHOP || inAll >= MOST_IN_ALL) return null;
  // A hold that made retention wait is not begun anew before retention came through: else one file after another could stop it for good.
  if (exports.underway.size === 0 && exports.hold?.hasDelayed !== true) {
    exports.hold = { since, hasDelayed: false };
  }
  const one = {};
  exports.underway.add(one);
  exportsOf.set(db, shops.set(shopId, exports));
  return () => exports.underway.delete(one);
}

/** Asked by retention, which then waits: whether a shop's ledgers are being sent as a file, so that nothing should be pruned in them now. */
export function isExporting(db: Database, shopId: ShopId, now: Instant): boolean {
  const exports = exportsOf.get(db)?.get(shopId);
  if (exports === undefined) return false;
  if (exports.underway.size === 0) exports.hold = null;
  const { hold } = exports;
  if (hold === null || now - hold.since >= LONGEST_HOLD_MS) return false;
  hold.hasDelayed = true;
  return true;
}
