import type { Transaction } from 'kysely';
import type { Controller } from '#consent';
import type { ControllerId, Instant } from '#values';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { lockController } from '../shop-facts.ts';
import type { EarlierRetention } from './told.ts';

/**
 * Called before a controller's times change: no receipt that was given until now has more time from then on than the old ones gave it. Bodies go in
 * the order of the chain, so one that got its longer time back, after a shorter one had held for a while, would hold up those that never were
 * promised as much. The times are written down once and no receipt is touched: there may be more of them than a database changes in its time.
 */
export async function pinPromises(db: Transaction<Tables>, next: Controller, now: Instant): Promise<void> {
  const known = await lockController(db, next.id);
  if (known === null) return;
  const held = known.retention;
  if (held.linkDays === next.retention.linkDays && held.receiptYears === next.retention.receiptYears) return;
  const row = {
    controller_id: next.id,
    link_days: held.linkDays,
    receipt_years: held.receiptYears,
    until: now,
  };
  // What says nothing more beside this one, so that times that go up and down for years leave a few rows.
  await db
    .deleteFrom('earlier_retention')
    .where('controller_id', '=', next.id)
    .where('link_days', '>=', row.link_days)
    .where('receipt_years', '>=', row.receipt_years)
    .where('until', '<=', row.until)
    .execute();
  // One that is there still holds for longer, as after a clock that ran ahead.
  await db
    .insertInto('earlier_retention')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The times of a controller that held before. Read after its settings, which change in one transaction with these. */
export async function earlierRetention(
  db: Database,
  controllerId: ControllerId,
): Promise<readonly EarlierRetention[]> {
  const rows = await db
    .selectFrom('earlier_retention')
    .selectAll()
    .where('controller_id', '=', controllerId)
    .execute();
  return rows.map((row) => ({
    linkDays: row.link_days,
    receiptYears: row.receipt_years,
    until: row.until,
  }));
}
