import type { Selectable, Transaction } from 'kysely';
import { type Head, sealEntry } from '#ledger';
import { type ControllerId, type Instant, type RandomBytes, toIso } from '#values';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import type { DueBy } from './rules.ts';

type Progress = Selectable<Tables['retention']>;

/** How many there were of what retention deletes. */
interface Done {
  readonly links: number;
  readonly receipts: number;
  readonly bodies: number;
  /** Withdrawals whose receipts never came. */
  readonly waiting: number;
  /** Notes of refused batches. */
  readonly refusals: number;
}

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

/** Adds what was done, in the transaction that did it, so that a run that dies is logged by the next one. */
export async function addDone(
  db: Transaction<Tables>,
  controllerId: ControllerId,
  { links = 0, receipts = 0, bodies = 0, waiting = 0, refusals = 0 }: Partial<Done>,
): Promise<void> {
  await db
    .updateTable('retention')
    .set((set) => ({
      links_cut: set('links_cut', '+', links),
      receipts_deleted: set('receipts_deleted', '+', receipts),
      bodies_pruned: set('bodies_pruned', '+', bodies),
      waiting_deleted: set('waiting_deleted', '+', waiting),
      refusals_deleted: set('refusals_deleted', '+', refusals),
      unlogged_links: set('unlogged_links', '+', links),
      unlogged_receipts: set('unlogged_receipts', '+', receipts),
      unlogged_bodies: set('unlogged_bodies', '+', bodies),
      unlogged_waiting: set('unlogged_waiting', '+', waiting),
      unlogged_refusals: set('unlogged_refusals', '+', refusals),
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
  const done = {
    linksCut: progress.unlogged_links,
    receiptsDeleted: progress.unlogged_receipts,
    bodiesPruned: progress.unlogged_bodies,
    waitingDeleted: progress.unlogged_waiting,
    refusalsDeleted: progress.unlogged_refusals,
  };
  if (Object.values(done).some((count) => count > 0)) {
    const body = {
      controllerId,
      cutoff: toIso(cutoff.link),
      receiptCutoff: toIso(cutoff.receipt),
      ...done,
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
      unlogged_waiting: 0,
      unlogged_refusals: 0,
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
