import { sql, type Transaction } from 'kysely';
import type { EntryBodies, LedgerRecord } from '#ledger';
import { type Instant, instant, type KioskId } from '#values';
import type { Tables } from '../database/schema.ts';
import { SETTLING_MS } from '../retention/rules.ts';
import { type Before, type ClockChange, type Correction, entryTimes } from './entry-times.ts';

/** When each entry of a batch was written; what it tells of the clock is applied to what was taken in before it. */
export async function writtenTimes(
  db: Transaction<Tables>,
  kioskId: KioskId,
  records: readonly LedgerRecord[],
  now: Instant,
): Promise<ReadonlyMap<number, Instant>> {
  const first = records[0]?.entry.seq ?? 0;
  const tellsOfClock = records.some(({ entry }) => entry.kind === 'clock-changed');
  const before = await entryBefore(db, kioskId, first);
  const change = tellsOfClock ? await clockChangeBefore(db, kioskId, first) : null;
  const { writtenAt, correction } = entryTimes(records, now, before, change);
  if (correction !== null) await correct(db, kioskId, { ...correction, beforeSeq: first }, now);
  return writtenAt;
}

async function entryBefore(db: Transaction<Tables>, kioskId: KioskId, seq: number): Promise<Before | null> {
  const row = await db
    .selectFrom('entry')
    .select(['record_json', 'written_at', 'received_at'])
    .where('kiosk_id', '=', kioskId)
    .where('seq', '=', seq - 1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const record = JSON.parse(row.record_json) as LedgerRecord;
  return { record, writtenAt: row.written_at, receivedAt: row.received_at };
}

/** Walks back to the change before: whoever sends one change after another has it near. */
async function clockChangeBefore(
  db: Transaction<Tables>,
  kioskId: KioskId,
  seq: number,
): Promise<ClockChange | null> {
  const row = await db
    .selectFrom('entry')
    .select(['seq', 'record_json'])
    .where('kiosk_id', '=', kioskId)
    .where('kind', '=', 'clock-changed')
    .where('seq', '<', seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { body } = JSON.parse(row.record_json) as { body: EntryBodies['clock-changed'] };
  return { seq: row.seq, offsetMs: body.offsetMs };
}

/**
 * Only of what came so lately that nothing of it can have been pruned: a tablet compares clocks with the first answer that it gets, and so
 * tells what it found together with what it had to send.
 */
async function correct(
  db: Transaction<Tables>,
  kioskId: KioskId,
  { afterSeq, beforeSeq, behindMs }: Correction,
  now: Instant,
): Promise<void> {
  const later = sql<number>`written_at + ${behindMs}`;
  const corrected = await db
    .updateTable('entry')
    .set({
      written_at: sql<Instant>`case when ${later} < received_at then ${later} else received_at end`,
    })
    .where('kiosk_id', '=', kioskId)
    .where('seq', '>', afterSeq)
    .where('seq', '<', beforeSeq)
    .where('received_at', '>', instant(now - SETTLING_MS))
    .where(({ eb, ref }) => eb('written_at', '<', ref('received_at')))
    .returning('seq')
    .execute();
  if (corrected.length === 0) return;
  // One that was taken back keeps the time by which that shows it had been given.
  await db
    .updateTable('receipt')
    .set((set) => ({
      issued_at: set
        .selectFrom('entry')
        .select('written_at')
        .whereRef('entry.kiosk_id', '=', 'receipt.kiosk_id')
        .whereRef('entry.seq', '=', 'receipt.seq')
        .$castTo<Instant>(),
    }))
    .where('kiosk_id', '=', kioskId)
    .where('seq', '>', afterSeq)
    .where('seq', '<', beforeSeq)
    .where('withdrawn_at', 'is', null)
    .execute();
}
