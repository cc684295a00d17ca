import type { Kysely, Transaction } from 'kysely';
import type { EntryBodies, EntryKind } from '#ledger';
import type { KioskId, LookId, ReceiptId } from '#values';
import type { PrunedClass, Tables } from '../database/schema.ts';
import { cutLinks } from './cut-links.ts';
import { type DueBy, duePrefix, KINDS_OF } from './rules.ts';
import { leftOf, type Told } from './told.ts';

/** Small enough that a tablet's batch, which waits meanwhile, hardly notices. */
const ENTRIES_IN_BATCH = 200;

/** What one batch did. */
export interface Done {
  readonly links: number;
  readonly receipts: number;
  readonly bodies: number;
}

/** Whether a kiosk has an entry of a class that is due. Only reads. */
export async function hasDue(
  db: Kysely<Tables>,
  kioskId: KioskId,
  prunedClass: PrunedClass,
  due: DueBy,
): Promise<boolean> {
  const next = await withTold(db, kioskId, await unpruned(db, kioskId, prunedClass, 1), due);
  return duePrefix(next, prunedClass, due).length > 0;
}

/** Prunes the next entries of a class that are due, and does to receipts and counts what that means. Null where none is. */
export async function pruneBatch(
  db: Transaction<Tables>,
  kioskId: KioskId,
  prunedClass: PrunedClass,
  due: DueBy,
): Promise<Done | null> {
  await waitForIngest(db, kioskId);
  const next = await withTold(db, kioskId, await unpruned(db, kioskId, prunedClass, ENTRIES_IN_BATCH), due);
  const records = duePrefix(next, prunedClass, due);
  const last = records.at(-1);
  if (last === undefined) return null;
  const done =
    prunedClass === 'link'
      ? {
          links: await cutLinks(db, kioskId, idsIn(records, 'contribution-recorded', 'receiptId'), due.now),
          receipts: 0,
        }
      : await deleteReceipts(db, kioskId, records, due);
  for (const { seq, entry } of records) {
    await db
      .updateTable('entry')
      .set({ record_json: JSON.stringify({ entry, body: null }) })
      .where('kiosk_id', '=', kioskId)
      .where('seq', '=', seq)
      .execute();
  }
  await db
    .insertInto('pruned')
    .values({ kiosk_id: kioskId, class: prunedClass, through_seq: last.seq })
    .onConflict((conflict) => conflict.columns(['kiosk_id', 'class']).doUpdateSet({ through_seq: last.seq }))
    .execute();
  return { ...done, bodies: records.filter(({ body }) => body !== null).length };
}

/** Ingest locks the kiosk first of all; who does the same in the same order never stands in each other's way. */
async function waitForIngest(db: Transaction<Tables>, kioskId: KioskId): Promise<void> {
  await db
    .updateTable('kiosk')
    .set((set) => ({ shop_id: set.ref('shop_id') }))
    .where('id', '=', kioskId)
    .execute();
}

async function unpruned(db: Kysely<Tables>, kioskId: KioskId, prunedClass: PrunedClass, limit: number) {
  const pruned = await db
    .selectFrom('pruned')
    .select('through_seq')
    .where('kiosk_id', '=', kioskId)
    .where('class', '=', prunedClass)
    .executeTakeFirst();
  return db
    .selectFrom('entry')
    .select(['seq', 'record_json', 'written_at', 'received_at'])
    .where('kiosk_id', '=', kioskId)
    .where('kind', 'in', KINDS_OF[prunedClass])
    .where('seq', '>', pruned?.through_seq ?? -1)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** Entries as they are stored, each with what is left of what the receipt that it is about told its visitor. */
async function withTold(
  db: Kysely<Tables>,
  kioskId: KioskId,
  rows: Awaited<ReturnType<typeof unpruned>>,
  { earlier }: DueBy,
) {
  const records = rows.map(({ record_json, ...row }) => ({ ...row, ...readRecord(record_json) }));
  const ids = new Set(records.flatMap(({ body }) => receiptOf(body) ?? []));
  const receipts =
    ids.size === 0
      ? []
      : await db
          .selectFrom('receipt')
          .select(['id', 'issued_at', 'told_link_days', 'told_receipt_years'])
          .where('kiosk_id', '=', kioskId)
          .where('id', 'in', [...ids])
          .execute();
  const kept = new Map<ReceiptId, Told>(
    receipts.map(({ id, issued_at, told_link_days: linkDays, told_receipt_years: receiptYears }) => {
      const told = linkDays === null || receiptYears === null ? null : { linkDays, receiptYears };
      return [id, leftOf(told, issued_at, earlier)];
    }),
  );
  // No entry is taken in before its receipt, so a receipt that is not there was deleted, in an earlier batch or run.
  const toldOf = (id: ReceiptId | null): Told =>
    id === null ? null : kept.has(id) ? (kept.get(id) ?? null) : 'over';
  return records.map((record) => ({ ...record, told: toldOf(receiptOf(record.body)) }));
}

/** Of a look for several people any will do: they were told at the same time, and all of them are deleted before it. */
function receiptOf(body: StoredRecord['body']): ReceiptId | null {
  const [first] = Array.isArray(body?.receiptIds) ? body.receiptIds : [body?.receiptId];
  return typeof first === 'string' ? (first as ReceiptId) : null;
}

/** The receipts themselves, the looks that served them, and whatever link is still there. */
async function deleteReceipts(
  db: Transaction<Tables>,
  kioskId: KioskId,
  records: readonly StoredRecord[],
  { now }: DueBy,
): Promise<Omit<Done, 'bodies'>> {
  const receiptIds = idsIn(records, 'receipt-issued', 'receiptId');
  const lookIds = idsIn(records, 'look-opened', 'lookId');
  const links = await cutLinks(db, kioskId, receiptIds, now);
  if (lookIds.length > 0) {
    await db.deleteFrom('look').where('kiosk_id', '=', kioskId).where('id', 'in', lookIds).execute();
  }
  if (receiptIds.length === 0) return { links, receipts: 0 };
  const deleted = await db
    .deleteFrom('receipt')
    .where('kiosk_id', '=', kioskId)
    .where('id', 'in', receiptIds)
    .returning('id')
    .execute();
  return { links, receipts: deleted.length };
}

interface StoredRecord {
  readonly entry: { readonly kind: string; readonly time: string };
  readonly body: Readonly<Record<string, unknown>> | null;
}

function readRecord(json: string): StoredRecord {
  return JSON.parse(json) as StoredRecord;
}

type Id<Field> = Field extends 'lookId' ? LookId : ReceiptId;

function idsIn<Kind extends EntryKind, Field extends keyof EntryBodies[Kind] & ('receiptId' | 'lookId')>(
  records: readonly StoredRecord[],
  kind: Kind,
  field: Field,
): Id<Field>[] {
  return records.flatMap(({ entry, body }) =>
    entry.kind === kind && body !== null ? [body[field] as Id<Field>] : [],
  );
}
