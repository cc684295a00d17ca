import type { Transaction } from 'kysely';
import { type Head, hashEntry, type LedgerRecord, type StoredChain } from '#ledger';
import type { ControllerId, Instant, KioskId, Sha256 } from '#values';
import { insertRows } from '../database/insert-rows.ts';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { hashText } from '../hash-text.ts';
import type { KioskRow } from './authenticate.ts';

/** What a kiosk's entries are measured by. */
export interface ShopOfKiosk {
  readonly controllerId: ControllerId;
  readonly timeZone: string;
}

/** The newest entry that the server holds of a kiosk. */
export async function storedHead({ db }: { readonly db: Database }, kioskId: KioskId): Promise<Head | null> {
  const row = await db
    .selectFrom('kiosk')
    .select(['head_seq', 'head_hash'])
    .where('id', '=', kioskId)
    .executeTakeFirstOrThrow();
  return row.head_seq === null || row.head_hash === null ? null : { seq: row.head_seq, hash: row.head_hash };
}

/** The part of a kiosk's stored chain that a batch must agree with. */
export async function readChain(
  db: Database,
  kioskId: KioskId,
  batch: readonly LedgerRecord[],
): Promise<StoredChain> {
  const head = await storedHead({ db }, kioskId);
  const first = batch[0]?.entry.seq ?? 0;
  const last = batch.at(-1)?.entry.seq ?? 0;
  const known = await db
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('kiosk_id', '=', kioskId)
    .where('seq', '>=', first - 1)
    .where('seq', '<=', last)
    // An attacker may number the ends of a batch so that the whole chain lies between them.
    .limit(batch.length + 1)
    .execute();
  const hashes = new Map<number, Sha256>(known.map(({ seq, hash }) => [seq, hash]));
  return { head, hashAt: (seq) => hashes.get(seq) ?? null };
}

/**
 * Moves a kiosk's head on if it still is where the caller saw it and the kiosk has not been shut out meanwhile. The row stays locked until the
 * transaction ends.
 */
export async function moveHead(
  db: Transaction<Tables>,
  kioskId: KioskId,
  before: Head | null,
  after: Head,
  now: Instant,
): Promise<'moved' | 'elsewhere' | 'revoked'> {
  const moved = await db
    .updateTable('kiosk')
    .set({ head_seq: after.seq, head_hash: after.hash, last_seen: now })
    .where('id', '=', kioskId)
    .where('head_hash', before === null ? 'is' : '=', before?.hash ?? null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (moved !== undefined) return 'moved';
  const { revoked_at } = await db
    .selectFrom('kiosk')
    .select('revoked_at')
    .where('id', '=', kioskId)
    .executeTakeFirstOrThrow();
  return revoked_at === null ? 'elsewhere' : 'revoked';
}

/** The records themselves, as they came, each with the hash of its entry and when it was written. */
export async function keepRecords(
  db: Transaction<Tables>,
  kioskId: KioskId,
  records: readonly LedgerRecord[],
  hashes: readonly Sha256[],
  writtenAt: ReadonlyMap<number, Instant>,
  now: Instant,
): Promise<void> {
  const rows = records.map((record, index) => ({
    kiosk_id: kioskId,
    seq: record.entry.seq,
    hash: hashes[index] ?? hashEntry(record.entry, hashText),
    kind: record.entry.kind,
    record_json: JSON.stringify(record),
    written_at: writtenAt.get(record.entry.seq) ?? now,
    received_at: now,
  }));
  await insertRows(db, 'entry', rows, (some) => db.insertInto('entry').values([...some]));
}

export async function readShop(db: Transaction<Tables>, kiosk: KioskRow): Promise<ShopOfKiosk> {
  const shop = await db
    .selectFrom('shop')
    .select(['controller_id', 'shop_json'])
    .where('id', '=', kiosk.shop_id)
    .executeTakeFirstOrThrow();
  const { timeZone } = JSON.parse(shop.shop_json) as { timeZone: string };
  return { controllerId: shop.controller_id, timeZone };
}
