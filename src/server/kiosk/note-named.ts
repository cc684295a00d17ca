import type { Transaction } from 'kysely';
import type { EntryBodies, LedgerRecord } from '#ledger';
import type { ReceiptReading } from '#protocol';
import type { ShopId } from '#values';
import type { Tables } from '../database/schema.ts';

/** Notes which notices of a shop a batch names, in its entries and in its receipts: these have to stand in every export from then on. */
export async function noteNamed(
  db: Transaction<Tables>,
  shopId: ShopId,
  records: readonly LedgerRecord[],
  receipts: ReadonlyMap<number, ReceiptReading>,
): Promise<void> {
  const inForce = records.flatMap(({ entry, body }) =>
    entry.kind === 'notice-in-force' && body !== null
      ? [(body as EntryBodies['notice-in-force']).noticeHash]
      : [],
  );
  const named = new Set([...inForce, ...[...receipts.values()].map(({ notice }) => notice.hash)]);
  if (named.size === 0) return;
  const ofShop = await db
    .selectFrom('notice')
    .select('hash')
    .where('shop_id', '=', shopId)
    .where('hash', 'in', [...named])
    .where('is_named', '=', 0)
    // In one order, so that two batches that name the same notices wait for each other and not both at once.
    .orderBy('hash')
    .execute();
  for (const { hash } of ofShop) {
    await db
      .updateTable('notice')
      .set({ is_named: 1 })
      .where('shop_id', '=', shopId)
      .where('hash', '=', hash)
      .execute();
  }
}
