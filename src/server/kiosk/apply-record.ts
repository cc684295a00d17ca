import type { Transaction } from 'kysely';
import { K_MIN, localHour } from '#counting';
import type { EntryBodies, EntryKind, LedgerRecord } from '#ledger';
import type { ReceiptReading } from '#protocol';
import { type Instant, instantFromIso, type Json, type ReceiptId, sha256OfJson } from '#values';
import type { Tables } from '../database/schema.ts';
import { takeWaitingWithdrawal } from '../receipt/waiting-withdrawals.ts';
import type { KioskRow } from './authenticate.ts';
import { type ShopOfKiosk, writtenAt } from './chain.ts';
import { Refused } from './refused.ts';

/** What applying one record works with. */
export interface Applying {
  readonly db: Transaction<Tables>;
  readonly kiosk: KioskRow;
  readonly now: Instant;
  readonly receipts: ReadonlyMap<number, ReceiptReading>;
  readonly shop: ShopOfKiosk;
}

type Apply<Kind extends EntryKind> = (
  applying: Applying,
  body: EntryBodies[Kind],
  entry: { seq: number; time: Instant },
) => Promise<void>;

/** What each kind of entry must prove, and what it changes. A kind that changes nothing here is kept all the same. */
const effects: { readonly [Kind in EntryKind]: Apply<Kind> } = {
  'kiosk-paired': async ({ kiosk, shop }, body, { seq }) => {
    const isSameKey =
      sha256OfJson(body.publicKey) === sha256OfJson(JSON.parse(kiosk.public_key_json) as Json);
    const isSamePlace = body.shopId === kiosk.shop_id && body.controllerId === shop.controllerId;
    if (body.kioskId !== kiosk.id || !isSamePlace || !isSameKey) throw new Refused('other-kiosk', seq);
  },
  'notice-in-force': async ({ db, kiosk }, body, { seq }) => {
    const known = await db
      .selectFrom('notice')
      .select('hash')
      .where('shop_id', '=', kiosk.shop_id)
      .where('hash', '=', body.noticeHash)
      .executeTakeFirst();
    if (known === undefined) throw new Refused('notice-unknown', seq);
  },
  'receipt-issued': async ({ db, kiosk, receipts, now }, body, { seq, time }) => {
    if (!receipts.has(seq)) throw new Refused('receipt-mismatch', seq);
    const isWithdrawn = await takeWaitingWithdrawal(db, body.receiptId, body.secretHash);
    const inserted = await db
      .insertInto('receipt')
      .values({
        id: body.receiptId,
        kiosk_id: kiosk.id,
        shop_id: kiosk.shop_id,
        seq,
        secret_hash: body.secretHash,
        issued_at: writtenAt(time, now),
        hour: null,
        withdrawn_at: isWithdrawn ? now : null,
        withdrawn_place: isWithdrawn ? 'phone' : null,
        withdrawn_in_ledger: 0,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted === undefined) throw new Refused('receipt-mismatch', seq);
  },
  'look-opened': async ({ db, kiosk }, body, { seq }) => {
    for (const id of body.receiptIds) await receiptOf(db, kiosk, id, seq);
    const inserted = await db
      .insertInto('look')
      .values({
        id: body.lookId,
        kiosk_id: kiosk.id,
        receipt_ids_json: JSON.stringify(body.receiptIds),
        ending: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted === undefined) throw new Refused('look-unknown', seq);
  },
  'look-closed': async ({ db, kiosk }, body, { seq }) => {
    const closed = await db
      .updateTable('look')
      .set({ ending: body.ending })
      .where('kiosk_id', '=', kiosk.id)
      .where('id', '=', body.lookId)
      .where('receipt_ids_json', '=', JSON.stringify(body.receiptIds))
      .where('ending', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (closed === undefined) throw new Refused('look-unknown', seq);
  },
  'contribution-recorded': async ({ db, kiosk, shop }, body, { seq, time }) => {
    const look = await db
      .selectFrom('look')
      .select(['receipt_ids_json', 'ending'])
      .where('kiosk_id', '=', kiosk.id)
      .where('id', '=', body.lookId)
      .executeTakeFirst();
    const looked: unknown = JSON.parse(look?.receipt_ids_json ?? '[]');
    if (look?.ending !== 'counted' || !Array.isArray(looked) || !looked.includes(body.receiptId)) {
      throw new Refused('look-unknown', seq);
    }
    const receipt = await receiptOf(db, kiosk, body.receiptId, seq);
    // A withdrawal by phone may have come first, which the kiosk could not know; one in its own ledger it did know.
    const hasCounted = receipt.hour !== null || receipt.cut_at !== null;
    if (hasCounted || receipt.withdrawn_in_ledger === 1) throw new Refused('contribution-twice', seq);
    await db
      .updateTable('receipt')
      .set({ hour: localHour(time, shop.timeZone) })
      .where('id', '=', body.receiptId)
      .execute();
  },
  'contribution-withdrawn': async ({ db, kiosk }, body, { seq, time }) => {
    const receipt = await findReceipt(db, kiosk, body.receiptId);
    // It may have been deleted while the kiosk wrote this; then there is nothing left to take back.
    if (receipt === undefined && (await hasDeletedReceipts(db, kiosk))) return;
    if (receipt === undefined) throw new Refused('receipt-unknown', seq);
    await db
      .updateTable('receipt')
      .set({
        withdrawn_in_ledger: 1,
        withdrawn_at: receipt.withdrawn_at ?? time,
        withdrawn_place: receipt.withdrawn_place ?? body.place,
      })
      .where('id', '=', body.receiptId)
      .execute();
  },
  release: async ({ db, kiosk }, body, { seq }) => {
    const changes = Object.entries(body.change);
    const sum = changes.reduce((total, [, people]) => total + people, 0);
    // A tablet that was offline releases by the setting that it knew; what no setting can lower is k itself.
    if (body.people < K_MIN || sum !== body.people) throw new Refused('release-too-small', seq);
    for (const [cell, people] of changes) {
      await db
        .insertInto('released_cell')
        .values({ shop_id: kiosk.shop_id, cell, people })
        .onConflict((conflict) =>
          conflict
            .columns(['shop_id', 'cell'])
            .doUpdateSet((set) => ({ people: set('released_cell.people', '+', people) })),
        )
        .execute();
    }
  },
  'tally-closed': async ({ db, kiosk }, body) => {
    const counts = { declined: body.declined, left_unanswered: body.left, closed: 1 };
    await db
      .insertInto('tally')
      .values({ kiosk_id: kiosk.id, hour: body.hour, ...counts })
      .onConflict((conflict) => conflict.columns(['kiosk_id', 'hour']).doUpdateSet(counts))
      .execute();
  },
  'clock-changed': async () => undefined,
  'retention-run': async () => undefined,
};

/** Checks one new record against what is known, and takes over what it changes. Throws `Refused` where it claims what cannot be. */
export async function applyRecord(applying: Applying, { entry, body }: LedgerRecord): Promise<void> {
  const time = instantFromIso(entry.time);
  // A kiosk that sends for the first time sends whole records: bodies are pruned only long after they were acknowledged.
  if (body === null || time === null) throw new Refused('malformed', entry.seq);
  // The first entry says whose chain this is, and no other does.
  if ((entry.kind === 'kiosk-paired') !== (entry.seq === 0)) throw new Refused('other-kiosk', entry.seq);
  const apply = effects[entry.kind] as Apply<EntryKind>;
  await apply(applying, body, { seq: entry.seq, time });
}

async function receiptOf(db: Transaction<Tables>, kiosk: KioskRow, id: ReceiptId, seq: number) {
  const receipt = await findReceipt(db, kiosk, id);
  if (receipt === undefined) throw new Refused('receipt-unknown', seq);
  return receipt;
}

function findReceipt(db: Transaction<Tables>, kiosk: KioskRow, id: ReceiptId) {
  return db
    .selectFrom('receipt')
    .select(['hour', 'cut_at', 'withdrawn_at', 'withdrawn_place', 'withdrawn_in_ledger'])
    .where('id', '=', id)
    .where('kiosk_id', '=', kiosk.id)
    .executeTakeFirst();
}

async function hasDeletedReceipts(db: Transaction<Tables>, kiosk: KioskRow): Promise<boolean> {
  const pruned = await db
    .selectFrom('pruned')
    .select('through_seq')
    .where('kiosk_id', '=', kiosk.id)
    .where('class', '=', 'receipt')
    .executeTakeFirst();
  return pruned !== undefined;
}
