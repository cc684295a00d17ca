import type { Controller, Shop } from '#consent';
import { hashEntry } from '#ledger';
import type { RetentionAnswer } from '#protocol';
import { type ControllerId, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import type { Database } from '../database/open.ts';
import { dueDates } from './due-dates.ts';
import { isChainWhole } from './own-chain.ts';
import { readOwnRecord } from './own-ledger.ts';

/** What an officer of a controller sees of its retention. */
export async function retentionAnswer(
  { db, now }: Pick<ServerContext, 'db' | 'now'>,
  controllerId: ControllerId,
): Promise<RetentionAnswer> {
  const { controller_json } = await db
    .selectFrom('controller')
    .select('controller_json')
    .where('id', '=', controllerId)
    .executeTakeFirstOrThrow();
  const { name, retention } = JSON.parse(controller_json) as Controller;
  const shops = await db
    .selectFrom('shop')
    .select('shop_json')
    .where('controller_id', '=', controllerId)
    .execute();
  const progress = await db
    .selectFrom('retention')
    .selectAll()
    .where('controller_id', '=', controllerId)
    .executeTakeFirst();
  const newest = await newestEntry(db, controllerId);
  const time = now();
  return {
    controller: { id: controllerId, name },
    asOf: toIso(time),
    settings: { linkDays: retention.linkDays, receiptYears: retention.receiptYears },
    lastRun: progress?.last_run_at == null ? null : toIso(progress.last_run_at),
    lastChange: newest?.change ?? null,
    done: {
      linksCut: progress?.links_cut ?? 0,
      receiptsDeleted: progress?.receipts_deleted ?? 0,
      bodiesPruned: progress?.bodies_pruned ?? 0,
      waitingDeleted: progress?.waiting_deleted ?? 0,
      refusalsDeleted: progress?.refusals_deleted ?? 0,
    },
    due: await dueDates(
      db,
      controllerId,
      shops.map(({ shop_json }) => JSON.parse(shop_json) as Shop),
      retention,
      time,
    ),
    head: newest?.head ?? null,
    isChainWhole: await isChainWhole(db, controllerId),
  };
}

async function newestEntry(db: Database, controllerId: ControllerId) {
  const newest = await db
    .selectFrom('retention_entry')
    .select(['seq', 'hash', 'record_json'])
    .where('controller_id', '=', controllerId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined) return null;
  const record = readOwnRecord(newest.record_json);
  if (record === null) return { head: { seq: newest.seq, hash: newest.hash }, change: null };
  const head = { seq: newest.seq, hash: hashEntry(record.entry) };
  const { linksCut, receiptsDeleted, bodiesPruned, waitingDeleted = 0, refusalsDeleted = 0 } = record.body;
  const change = { linksCut, receiptsDeleted, bodiesPruned, waitingDeleted, refusalsDeleted };
  return { head, change: { time: record.entry.time, ...change } };
}
