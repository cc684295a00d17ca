import {
  type Clock,
  type Elapsed,
  type Instant,
  instant,
  type Outcome,
  type ReceiptId,
  SECOND_MS,
} from '#values';
import type { Purpose } from './purpose.ts';

/** A grant opens the camera within this time or never: a yes is not a standing permission. */
export const GRANT_LIFETIME_MS = 30 * SECOND_MS;
/** The camera closes by itself after this, whatever else goes wrong: it is the most that the notice allows. */
export const MAX_LOOK_MS = 20 * SECOND_MS;

declare const grantBrand: unique symbol;

/** One-use permission to open the camera. Made only by `grantAfterCommit`; an object that merely looks like one opens nothing. */
export interface Grant {
  readonly [grantBrand]: true;
  readonly receipts: readonly GrantedReceipt[];
  readonly expiresAt: Instant;
}

/** How a grant's time is told. A grant runs out by whichever of the two says so first: one can be turned back, the other may stand still in sleep. */
export interface GrantClock {
  readonly now: Clock;
  readonly elapsed: Elapsed;
}

/** What one committed receipt allows. */
export interface GrantedReceipt {
  readonly id: ReceiptId;
  readonly purposes: readonly Purpose[];
}

export type RedeemRefusal = 'grant-unknown' | 'grant-used' | 'grant-expired';

/** When each was made, by the clock that only runs forward. */
const unusedGrants = new WeakMap<Grant, number>();
const usedGrants = new WeakSet<Grant>();

/**
 * Runs `commit`, which must return only once the receipts are on disk, and gives a grant for them.
 * Where the commit fails, its failure is given back and no grant exists.
 */
export async function grantAfterCommit<Reason extends string>(
  commit: () => Promise<Outcome<{ readonly receipts: readonly GrantedReceipt[] }, Reason>>,
  clock: GrantClock,
): Promise<Outcome<{ readonly grant: Grant }, Reason>> {
  const committed = await commit();
  if (!committed.ok) return committed;
  if (committed.receipts.length === 0) throw new Error('A grant needs at least one committed receipt.');
  const grant = Object.freeze({
    receipts: Object.freeze(committed.receipts.map((receipt) => Object.freeze({ ...receipt }))),
    expiresAt: instant(clock.now() + GRANT_LIFETIME_MS),
  }) as unknown as Grant;
  unusedGrants.set(grant, clock.elapsed());
  return { ok: true, grant };
}

/** Uses a grant up. Only the first call in time gets its receipts, and the milliseconds within which the camera must be on. */
export function redeemGrant(
  grant: Grant,
  clock: GrantClock,
): Outcome<{ readonly receipts: readonly GrantedReceipt[]; readonly leftMs: number }, RedeemRefusal> {
  if (usedGrants.has(grant)) return { ok: false, reason: 'grant-used' };
  const madeAt = unusedGrants.get(grant);
  if (madeAt === undefined) return { ok: false, reason: 'grant-unknown' };
  unusedGrants.delete(grant);
  usedGrants.add(grant);
  const leftMs = Math.min(grant.expiresAt - clock.now(), madeAt + GRANT_LIFETIME_MS - clock.elapsed());
  return leftMs < 0 ? { ok: false, reason: 'grant-expired' } : { ok: true, receipts: grant.receipts, leftMs };
}
