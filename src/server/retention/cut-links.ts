import type { Transaction } from 'kysely';
import type { Instant, KioskId, ReceiptId, ShopId } from '#values';
import type { Tables } from '../database/schema.ts';

/**
 * Cuts the links from receipts of a kiosk to their counts: each count moves to an anonymous one of its shop and hour, so that no total changes, and the
 * receipt no longer says which hour it was. Gives how many were cut.
 */
export async function cutLinks(
  db: Transaction<Tables>,
  kioskId: KioskId,
  receiptIds: readonly ReceiptId[],
  now: Instant,
): Promise<number> {
  if (receiptIds.length === 0) return 0;
  // Marked first and read from there: a withdrawal at the same moment comes wholly before or wholly after.
  const cut = await db
    .updateTable('receipt')
    .set({ cut_at: now })
    .where('kiosk_id', '=', kioskId)
    .where('id', 'in', receiptIds)
    .where('hour', 'is not', null)
    .returning(['id', 'shop_id', 'hour', 'withdrawn_at'])
    .execute();
  const counted = cut.filter(({ withdrawn_at }) => withdrawn_at === null);
  for (const [shopId, hours] of countsOf(counted)) {
    for (const [hour, people] of hours) await addToHour(db, shopId, hour, people);
  }
  const forget = (ids: readonly ReceiptId[], countedWhenCut: 0 | 1) =>
    ids.length === 0
      ? undefined
      : db
          .updateTable('receipt')
          .set({ hour: null, counted_when_cut: countedWhenCut })
          .where('kiosk_id', '=', kioskId)
          .where('id', 'in', ids)
          .execute();
  await forget(
    counted.map(({ id }) => id),
    1,
  );
  await forget(
    cut.filter(({ withdrawn_at }) => withdrawn_at !== null).map(({ id }) => id),
    0,
  );
  return cut.length;
}

function countsOf(
  rows: readonly { readonly shop_id: ShopId; readonly hour: string | null }[],
): ReadonlyMap<ShopId, ReadonlyMap<string, number>> {
  const shops = new Map<ShopId, Map<string, number>>();
  for (const { shop_id, hour } of rows) {
    if (hour === null) continue;
    const hours = shops.get(shop_id) ?? new Map<string, number>();
    shops.set(shop_id, hours.set(hour, (hours.get(hour) ?? 0) + 1));
  }
  return shops;
}

async function addToHour(
  db: Transaction<Tables>,
  shopId: ShopId,
  hour: string,
  people: number,
): Promise<void> {
  await db
    .insertInto('anonymous_hour')
    .values({ shop_id: shopId, hour, counted: people })
    .onConflict((conflict) =>
      conflict
        .columns(['shop_id', 'hour'])
        .doUpdateSet((set) => ({ counted: set('anonymous_hour.counted', '+', people) })),
    )
    .execute();
}
