import type { Transaction } from 'kysely';
import type { Controller } from '#consent';
import type { Tables } from '../database/schema.ts';
import { beginProgress, lockProgress } from './progress.ts';

type Told = 'told_link_days' | 'told_receipt_years';

/**
 * Called before a controller's times change: from then on no receipt that is there has more time than the old ones gave it. Bodies go in the order
 * of the chain, so one that got its longer time back, after a shorter one had held for a while, would hold up those that never were promised as much.
 */
export async function pinPromises(db: Transaction<Tables>, next: Controller): Promise<void> {
  const known = await db
    .selectFrom('controller')
    .select('controller_json')
    .where('id', '=', next.id)
    .executeTakeFirst();
  if (known === undefined) return;
  const { retention } = JSON.parse(known.controller_json) as Controller;
  const { linkDays, receiptYears } = retention;
  if (linkDays === next.retention.linkDays && receiptYears === next.retention.receiptYears) return;
  await waitForOthers(db, next.id);
  await pin(db, next.id, 'told_link_days', linkDays);
  await pin(db, next.id, 'told_receipt_years', receiptYears);
}

async function pin(db: Transaction<Tables>, controllerId: Controller['id'], told: Told, most: number) {
  await db
    .updateTable('receipt')
    .set(told === 'told_link_days' ? { told_link_days: most } : { told_receipt_years: most })
    .where((where) => where.or([where(told, 'is', null), where(told, '>', most)]))
    .where('shop_id', 'in', (shops) =>
      shops.selectFrom('shop').select('shop.id').where('controller_id', '=', controllerId),
    )
    .execute();
}

/** Retention and ingest take the same locks first, and in this order. */
async function waitForOthers(db: Transaction<Tables>, controllerId: Controller['id']): Promise<void> {
  await beginProgress(db, controllerId);
  await lockProgress(db, controllerId);
  const kiosks = await db
    .selectFrom('kiosk')
    .innerJoin('shop', 'shop.id', 'kiosk.shop_id')
    .select('kiosk.id')
    .where('shop.controller_id', '=', controllerId)
    .orderBy('kiosk.id')
    .execute();
  for (const { id } of kiosks) {
    await db
      .updateTable('kiosk')
      .set((set) => ({ shop_id: set.ref('shop_id') }))
      .where('id', '=', id)
      .execute();
  }
}
