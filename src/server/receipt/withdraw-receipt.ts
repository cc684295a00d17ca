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
import { type AskedReceipt, readReceipt } from './read-receipt.ts';
import { waitForReceipt } from './waiting-withdrawals.ts';

interface Asked extends AskedReceipt {
  readonly place: 'phone' | 'staff';
  /** Asked where the receipt has not arrived: whether this withdrawal may wait for it. */
  readonly mayWait: () => Promise<boolean>;
}

/** Takes a receipt back for whoever holds its secret: out of every count at once, and down to its kiosk with the next settings. */
export async function withdrawReceipt(
  context: ServerContext,
  { place, mayWait, ...asked }: Asked,
): Promise<Outcome<{ readonly answer: ReceiptAnswer }, 'server-busy' | 'too-many-requests'>> {
  const { db, now, live } = context;
  const { receiptId, secret } = asked;
  const known = await readReceipt(context, asked);
  if (known.state === 'unknown' && !(await mayWait())) return { ok: false, reason: 'too-many-requests' };
  const secretHash = sha256(secret);
  const done = await db.transaction().execute(async (transaction) => {
    const isKept =
      known.state === 'known' || (await waitForReceipt(transaction, receiptId, secretHash, now()));
    // Asked again after the wait was written: the receipt may have arrived meanwhile.
    const shopIds = await withdraw(transaction, receiptId, secretHash, place, now());
    return { isKept, shopIds };
  });
  if (!done.isKept) return { ok: false, reason: 'server-busy' };
  for (const shopId of done.shopIds) live.changed(shopId);
  return { ok: true, answer: await readReceipt(context, asked) };
}

/** Whoever's id and secret it is, on whichever kiosk: the holder of a secret takes back all that stands under it. */
async function withdraw(
  db: Transaction<Tables>,
  receiptId: ReceiptId,
  secretHash: Sha256,
  place: WithdrawalPlace,
  now: Instant,
): Promise<readonly ShopId[]> {
  const withdrawn = await db
    .updateTable('receipt')
    .set((set) => ({
      withdrawn_at: now,
      withdrawn_place: place,
      // Once the link is cut, nobody can be taken out of a count any more.
      took_effect_at: set.case().when('cut_at', 'is', null).then(now).end(),
    }))
    .where('id', '=', receiptId)
    .where('secret_hash', '=', secretHash)
    .where('withdrawn_at', 'is', null)
    .returning('shop_id')
    .execute();
  return withdrawn.map(({ shop_id }) => shop_id);
}

/** The thumbprint of the kiosk's key that gave this receipt in a shop of this controller; null where none did. */
export async function keyInShopsOf(
  { db }: Pick<ServerContext, 'db'>,
  controllerId: ControllerId,
  { receiptId, secret }: Pick<AskedReceipt, 'receiptId' | 'secret'>,
): Promise<string | null> {
  const found = await db
    .selectFrom('receipt')
    .innerJoin('shop', 'shop.id', 'receipt.shop_id')
    .innerJoin('kiosk', 'kiosk.id', 'receipt.kiosk_id')
    .select('kiosk.kid')
    .where('receipt.id', '=', receiptId)
    .where('receipt.secret_hash', '=', sha256(secret))
    .where('shop.controller_id', '=', controllerId)
    .executeTakeFirst();
  return found?.kid ?? null;
}
