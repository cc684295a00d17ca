import type { ReceiptAnswer } from '#protocol';
import { DAY_MS, instant, type ReceiptId, sha256 } from '#values';
import type { ServerContext } from '../context.ts';
import { readReceipt } from './read-receipt.ts';

/** A tablet keeps what it has not sent for at most this long, so an earlier withdrawal can never be answered any more. */
const WAITING_LIFETIME_MS = 40 * DAY_MS;
/** Anybody can ask for receipts that do not exist; this is all the room that such asking gets. */
const MAX_WAITING = 100_000;

/** Takes a receipt back for whoever holds its secret: out of every count at once, and down to its kiosk with the next settings. */
export async function withdrawReceipt(context: ServerContext, receiptId: ReceiptId, secret: string): Promise<ReceiptAnswer> {
  const { db, now, live } = context;
  const known = await readReceipt(context, receiptId, secret);
  if (known.state === 'unknown') {
    await wait(context, receiptId, secret);
    return known;
  }
  const withdrawn = await db
    .updateTable('receipt')
    .set({ withdrawn_at: now(), withdrawn_place: 'phone' })
    .where('id', '=', receiptId)
    .where('withdrawn_at', 'is', null)
    .returning('shop_id')
    .executeTakeFirst();
  if (withdrawn !== undefined) live.changed(withdrawn.shop_id);
  return readReceipt(context, receiptId, secret);
}

/** The receipt may still be on its way: the withdrawal waits for it. Only the secret's hash is kept. */
async function wait({ db, now }: ServerContext, receiptId: ReceiptId, secret: string): Promise<void> {
  await db.deleteFrom('waiting_withdrawal').where('asked_at', '<', instant(now() - WAITING_LIFETIME_MS)).execute();
  const { count } = await db
    .selectFrom('waiting_withdrawal')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= MAX_WAITING) return;
  await db
    .insertInto('waiting_withdrawal')
    .values({ receipt_id: receiptId, secret_hash: sha256(secret), asked_at: now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
