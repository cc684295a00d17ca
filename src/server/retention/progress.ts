import type { Selectable, Transaction } from 'kysely';
import { type Head, sealEntry } from '#ledger';
import { type ControllerId, type Instant, type RandomBytes, toIso } from '#values';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import type { Done } from './prune-batch.ts';
import type { DueBy } from './rules.ts';

type Progress = Selectable<Tables['retention']>;

const NOTHING_DONE = {
  last_run_at: null,
  links_cut: 0,
  receipts_deleted: 0,
  bodies_pruned: 0,
  unlogged_links: 0,
  unlogged_receipts: 0,
  unlogged_bodies: 0,
} as const;

/** Makes the row that says how far a controller's retention is, where there is none yet. */
export async function beginProgress(db: Database, controllerId: ControllerId): Promise<void> {
  await db
    .insertInto('retention')
    .values({ controller_id: controllerId, ...NOTHING_DONE })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Reads how far a controller's retention is and keeps it for this transaction: of several nodes that run at the same time one works and the
 * others wait, and one that dies leaves the lock with its connection.
 */
export async function lockProgress(db: Transaction<Tables>, controllerId: ControllerId): Promise<Progress> {
  return db
    .updateTable('retention')
    .set((set) => ({ last_run_at: set.ref('last_run_at') }))
    .where('controller_id', '=', controllerId)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Adds what a batch did, in the batch's own transaction, so that a run that dies is logged by the next one. */
export async function addDone(
  db: Transaction<Tables>,
  controllerId: ControllerId,
  { links, receipts, bodies }: Done,
): Promise<void> {
  await db
    .updateTable('retention')
    .set((set) => ({
      links_cut: set('links_cut', '+', links),
      receipts_deleted: set('receipts_deleted', '+', receipts),
      bodies_pruned: set('bodies_pruned', '+', bodies),
      unlogged_links: set('unlogged_links', '+', links),
      unlogged_receipts: set('unlogged_receipts', '+', receipts),
      unlogged_bodies: set('unlogged_bodies', '+', bodies),
    }))
    .where('controller_id', '=', controllerId)
    .execute();
}

/** Ends a run: what it changed becomes an entry in the controller's chain, if it changed anything. */
export async function endRun(
  db: Transaction<Tables>,
  controllerId: ControllerId,
  { now, cutoff }: DueBy,
  random: RandomBytes,
): Promise<void> {
  const progress = await lockProgress(db, controllerId);
  const { unlogged_links, unlogged_receipts, unlogged_bodies } = progress;
  if (unlogged_links + unlogged_receipts + unlogged_bodies > 0) {
    const body = {
      controllerId,
      cutoff: toIso(cutoff.link),
      linksCut: unlogged_links,
      receiptCutoff: toIso(cutoff.receipt),
      receiptsDeleted: unlogged_receipts,
      bodiesPruned: unlogged_bodies,
    };
    const { record, head } = sealEntry(
      await retentionHead(db, controllerId),
      'retention-run',
      body,
      now,
      random,
    );
    await db
      .insertInto('retention_entry')
      .values({ controller_id: controllerId, ...head, record_json: JSON.stringify(record) })
      .execute();
  }
  await db
    .updateTable('retention')
    .set({
      last_run_at: later(progress.last_run_at, now),
      unlogged_links: 0,
      unlogged_receipts: 0,
      unlogged_bodies: 0,
    })
    .where('controller_id', '=', controllerId)
    .execute();
}

/** The newest entry of a controller's chain. */
async function retentionHead(db: Database, controllerId: ControllerId): Promise<Head | null> {
  const newest = await db
    .selectFrom('retention_entry')
    .select(['seq', 'hash'])
    .where('controller_id', '=', controllerId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest ?? null;
}

function later(before: Instant | null, now: Instant): Instant {
  return before !== null && before > now ? before : now;
}
