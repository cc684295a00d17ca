import { checkChain, type Head, type LedgerRecord } from '#ledger';
import type { ControllerId } from '#values';
import type { Database } from '../database/open.ts';
import { hashText } from '../hash-text.ts';
import { type OwnEntry, ownEntries } from './own-ledger.ts';

/** What the entries of a chain add up to. */
interface Sums {
  linksCut: number;
  receiptsDeleted: number;
  bodiesPruned: number;
  waitingDeleted: number;
  refusalsDeleted: number;
}

/** The newest reading of each chain. One that has not grown is not read again: it may be long, and the screen asks every few minutes. */
const readings = new WeakMap<Database, Map<ControllerId, { head: string; sums: Promise<Sums | null> }>>();

/**
 * Whether a controller's own chain is as it was written: every hash is made anew, every entry follows the one before, and all of them together say
 * what was summed up beside them in the same transactions, so that a cut at the end shows too.
 */
export async function isChainWhole(db: Database, controllerId: ControllerId): Promise<boolean> {
  const told = await whatIsTold(db, controllerId);
  const sums = await sumsOf(db, controllerId, told.head);
  return (
    sums !== null &&
    sums.linksCut === told.linksCut &&
    sums.receiptsDeleted === told.receiptsDeleted &&
    sums.bodiesPruned === told.bodiesPruned &&
    sums.waitingDeleted === told.waitingDeleted &&
    sums.refusalsDeleted === told.refusalsDeleted
  );
}

/** The sums of all runs that have an entry, and the newest entry, in one question: a run may end between two. */
async function whatIsTold(db: Database, controllerId: ControllerId): Promise<Sums & { head: Head | null }> {
  const row = await db
    .selectFrom('controller')
    .leftJoin('retention', 'retention.controller_id', 'controller.id')
    .leftJoin('retention_entry', (join) =>
      join.onRef('retention_entry.controller_id', '=', 'controller.id').on(({ eb, selectFrom }) =>
        eb(
          'retention_entry.seq',
          '=',
          selectFrom('retention_entry as newest')
            .select((select) => select.fn.max('newest.seq').as('seq'))
            .whereRef('newest.controller_id', '=', 'controller.id'),
        ),
      ),
    )
    .select([
      'links_cut',
      'receipts_deleted',
      'bodies_pruned',
      'waiting_deleted',
      'refusals_deleted',
      'unlogged_links',
      'unlogged_receipts',
      'unlogged_bodies',
      'unlogged_waiting',
      'unlogged_refusals',
      'retention_entry.seq',
      'retention_entry.hash',
    ])
    .where('controller.id', '=', controllerId)
    .executeTakeFirstOrThrow();
  return {
    linksCut: (row.links_cut ?? 0) - (row.unlogged_links ?? 0),
    receiptsDeleted: (row.receipts_deleted ?? 0) - (row.unlogged_receipts ?? 0),
    bodiesPruned: (row.bodies_pruned ?? 0) - (row.unlogged_bodies ?? 0),
    waitingDeleted: (row.waiting_deleted ?? 0) - (row.unlogged_waiting ?? 0),
    refusalsDeleted: (row.refusals_deleted ?? 0) - (row.unlogged_refusals ?? 0),
    head: row.seq === null || row.hash === null ? null : { seq: row.seq, hash: row.hash },
  };
}

async function sumsOf(db: Database, controllerId: ControllerId, head: Head | null): Promise<Sums | null> {
  const ofDatabase =
    readings.get(db) ?? new Map<ControllerId, { head: string; sums: Promise<Sums | null> }>();
  readings.set(db, ofDatabase);
  const name = head === null ? '' : `${head.seq} ${head.hash}`;
  const known = ofDatabase.get(controllerId);
  if (known?.head === name) return known.sums;
  const sums = readChain(db, controllerId, head);
  ofDatabase.set(controllerId, { head: name, sums });
  // What could not be read is read again when it is asked for the next time.
  sums.catch(() => ofDatabase.delete(controllerId));
  return sums;
}

/** Reads a whole chain, a page in memory at a time. Null where it is not as it was written. */
async function readChain(db: Database, controllerId: ControllerId, head: Head | null): Promise<Sums | null> {
  const sums: Sums = {
    linksCut: 0,
    receiptsDeleted: 0,
    bodiesPruned: 0,
    waitingDeleted: 0,
    refusalsDeleted: 0,
  };
  let last: Head | null = null;
  for await (const page of ownEntries(db, controllerId, head?.seq ?? null)) {
    last = checkPage(page, controllerId, last);
    if (last === null) return null;
    for (const { record } of page) {
      sums.linksCut += record?.body.linksCut ?? 0;
      sums.receiptsDeleted += record?.body.receiptsDeleted ?? 0;
      sums.bodiesPruned += record?.body.bodiesPruned ?? 0;
      sums.waitingDeleted += record?.body.waitingDeleted ?? 0;
      sums.refusalsDeleted += record?.body.refusalsDeleted ?? 0;
    }
  }
  return last?.seq === head?.seq && last?.hash === head?.hash ? sums : null;
}

/** The head after a page; null where something in it is not as it was written. */
function checkPage(page: readonly OwnEntry[], controllerId: ControllerId, before: Head | null): Head | null {
  const records: LedgerRecord[] = [];
  for (const { record } of page) {
    if (record === null || record.body.controllerId !== controllerId) return null;
    records.push(record);
  }
  const checked = checkChain(records, before, hashText);
  if (!checked.ok || !page.every(({ hash }, index) => hash === checked.hashes[index])) return null;
  return checked.head;
}
