import { type Instant, MINUTE_MS, type ShopId } from '#values';
import type { Database } from '../database/open.ts';

/** Nobody holds retention up for longer, however slowly a file is taken. */
const LONGEST_MS = 10 * MINUTE_MS;

/** When each export of this process began that is still being sent, by database and shop. */
const underway = new WeakMap<Database, Map<ShopId, Set<{ readonly since: Instant }>>>();

/** Notes that an export of a shop has begun; gives what is called when it has ended. */
export function beginExport(db: Database, shopId: ShopId, since: Instant): () => void {
  const shops = underway.get(db) ?? new Map<ShopId, Set<{ readonly since: Instant }>>();
  const exports = shops.get(shopId) ?? new Set();
  const one = { since };
  underway.set(db, shops.set(shopId, exports.add(one)));
  return () => exports.delete(one);
}

/** Whether a shop's ledgers are being sent as a file, so that nothing should be pruned in them now. */
export function isExporting(db: Database, shopId: ShopId, now: Instant): boolean {
  const exports = underway.get(db)?.get(shopId) ?? new Set();
  return [...exports].some(({ since }) => now - since < LONGEST_MS);
}
