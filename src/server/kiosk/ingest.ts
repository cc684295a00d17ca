import type { Transaction } from 'kysely';
import { type Head, hashEntry, joinBatch, type LedgerRecord } from '#ledger';
import type { RefusalReason } from '#protocol';
import { type KioskId, randomId, type Sha256 } from '#values';
import type { ServerContext } from '../context.ts';
import type { Tables } from '../database/schema.ts';
import { applyRecord, type Applying } from './apply-record.ts';
import type { KioskRow } from './authenticate.ts';
import { checkReceipts } from './check-receipts.ts';
import { Refused } from './refused.ts';

export type IngestOutcome =
  | { readonly ok: true; readonly head: Head | null }
  | { readonly ok: false; readonly reason: RefusalReason; readonly head: Head | null; readonly seq: number | null };

/**
 * Takes a batch of a kiosk's ledger: checks that it joins on, checks every receipt and what every entry claims, and keeps all of it or
 * nothing. Returns only once it is on disk. Everything in the batch may have been written by an attacker who holds a kiosk's key.
 */
export async function ingest(context: ServerContext, kiosk: KioskRow, records: readonly LedgerRecord[]): Promise<IngestOutcome> {
  try {
    const receipts = await checkReceipts(context, kiosk, records);
    const head = await context.db.transaction().execute(async (db) => {
      const stored = await readChain(db, kiosk.id, records);
      const joined = joinBatch(stored, records);
      if (!joined.ok) throw new Refused(joined.reason === 'empty' ? 'malformed' : joined.reason, null);
      const applying: Applying = { db, kiosk, now: context.now(), receipts, settings: await readSettings(db, kiosk) };
      for (const record of joined.fresh) {
        await applyRecord(applying, record);
        await keep(db, kiosk.id, record);
      }
      await db
        .updateTable('kiosk')
        .set({ head_seq: joined.head.seq, head_hash: joined.head.hash, last_seen: context.now() })
        .where('id', '=', kiosk.id)
        .execute();
      return joined.head;
    });
    context.live.changed(kiosk.shop_id);
    return { ok: true, head };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await noteRefusal(context, kiosk, error);
    return { ok: false, reason: error.reason, head: await storedHead(context, kiosk.id), seq: error.seq };
  }
}

/** The newest entry that the server holds of a kiosk. */
export async function storedHead({ db }: Pick<ServerContext, 'db'>, kioskId: KioskId): Promise<Head | null> {
  const row = await db
    .selectFrom('kiosk')
    .select(['head_seq', 'head_hash'])
    .where('id', '=', kioskId)
    .executeTakeFirstOrThrow();
  return row.head_seq === null || row.head_hash === null ? null : { seq: Number(row.head_seq), hash: row.head_hash };
}

async function readChain(db: Transaction<Tables>, kioskId: KioskId, records: readonly LedgerRecord[]) {
  // On PostgreSQL two requests of one kiosk could run side by side: the row is held until this one is kept or refused.
  await db.updateTable('kiosk').set({ id: kioskId }).where('id', '=', kioskId).execute();
  const first = records[0]?.entry.seq ?? 0;
  const last = records.at(-1)?.entry.seq ?? 0;
  const known = await db
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('kiosk_id', '=', kioskId)
    .where('seq', '>=', first - 1)
    .where('seq', '<=', last)
    .execute();
  const hashes = new Map<number, Sha256>(known.map(({ seq, hash }) => [Number(seq), hash]));
  return { head: await storedHead({ db }, kioskId), hashAt: (seq: number) => hashes.get(seq) ?? null };
}

async function readSettings(db: Transaction<Tables>, kiosk: KioskRow): Promise<Applying['settings']> {
  const shop = await db
    .selectFrom('shop')
    .select(['shop_json', 'settings_json'])
    .where('id', '=', kiosk.shop_id)
    .executeTakeFirstOrThrow();
  const { timeZone } = JSON.parse(shop.shop_json) as { timeZone: string };
  const { releaseMin } = JSON.parse(shop.settings_json) as { releaseMin: number };
  return { timeZone, releaseMin };
}

async function keep(db: Transaction<Tables>, kioskId: KioskId, record: LedgerRecord): Promise<void> {
  const { seq, kind } = record.entry;
  const hash = hashEntry(record.entry);
  await db
    .insertInto('entry')
    .values({ kiosk_id: kioskId, seq, hash, kind, record_json: JSON.stringify(record) })
    .execute();
}

async function noteRefusal({ db, now, random, live }: ServerContext, kiosk: KioskRow, refused: Refused): Promise<void> {
  await db
    .insertInto('refusal')
    .values({ id: randomId(random), kiosk_id: kiosk.id, refused_at: now(), reason: refused.reason, seq: refused.seq })
    .execute();
  if (refused.reason !== 'fork') return;
  await db.updateTable('kiosk').set({ forked_at: now() }).where('id', '=', kiosk.id).execute();
  live.changed(kiosk.shop_id);
}
