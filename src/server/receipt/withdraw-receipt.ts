import type { Transaction } from 'kysely';
import type { WithdrawalPlace } from '#ledger';
import type { ReceiptAnswer } from '#protocol';
import {
  type ControllerId,
  type Instant,
  type Outcome,
  type ReceiptId,
  type Sha256,
  type ShopId,
  sha256,
} from '#values';
import type { ServerContext } from '../context.ts';
import type { Tables } from '../database/schema.ts';
import { readReceipt } from './read-receipt.ts';
import { waitForReceipt } from './waiting-withdrawals.ts';

interface Asked {
  readonly receiptId: ReceiptId;
  readonly secret: string;
  readonly place: 'phone' | 'staff';
  /** Asked where the receipt has not arrived: whether this withdrawal may wait for it. */
  readonly mayWait: () => Promise<boolean>;
}

/** Takes a receipt back for whoever holds its secret: out of every count at once, and down to its kiosk with the next settings. */
export async function withdrawReceipt(
  context: ServerContext,
  { receiptId, secret, place, mayWait }: Asked,
): Promise<Outcome<{ readonly answer: ReceiptAnswer }, 'server-busy' | 'too-many-requests'>> {
  const { db, now, live } = context;
  const known = await readReceipt(context, receiptId, secret);
  if (known.state === 'unknown' && !(await mayWait())) return { ok: false, reason: 'too-many-requests' };
  const secretHash = sha256(secret);
  const done = await db.transaction().execute(async (transaction) => {
    const isKept =
      known.state === 'known' || (await waitForReceipt(transaction, receiptId, secretHash, now()));
    // Asked again after the wait was written: the receipt may have arrived meanwhile.
    const shopId = await withdraw(transaction, receiptId, secretHash, place, now());
    return { isKept, shopId };
  });
  if (!done.isKept) return { ok: false, reason: 'server-busy' };
  if (done.shopId !== null) live.changed(done.shopId);
  return { ok: true, answer: await readReceipt(context, receiptId, secret) };
}

async function withdraw(
  db: Transaction<Tables>,
  receiptId: ReceiptId,
  secretHash: Sha256,
  place: WithdrawalPlace,
  now: Instant,
): Promise<ShopId | null> {
  const withdrawn = await db
    .updateTable('receipt')
    .set({ withdrawn_at: now, withdrawn_place: place })
    .where('id', '=', receiptId)
    .where('secret_hash', '=', secretHash)
    .where('withdrawn_at', 'is', null)
    .returning('shop_id')
    .executeTakeFirst();
  return withdrawn?.shop_id ?? null;
}

/** Whether a receipt was given in a shop of this controller. */
export async function isOfController(
  { db }: Pick<ServerContext, 'db'>,
  receiptId: ReceiptId,
  controllerId: ControllerId,
): Promise<boolean> {
  const found = await db
    .selectFrom('receipt')
    .innerJoin('shop', 'shop.id', 'receipt.shop_id')
    .select('receipt.id')
    .where('receipt.id', '=', receiptId)
    .where('shop.controller_id', '=', controllerId)
    .executeTakeFirst();
  return found !== undefined;
}
