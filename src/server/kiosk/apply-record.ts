import type { Transaction } from 'kysely';
import { K_MIN, localHour } from '#counting';
import type { EntryBodies, EntryKind, LedgerRecord } from '#ledger';
import type { ReceiptReading } from '#protocol';
import { type Instant, instantFromIso, type Json, type LookId, type ReceiptId, sha256OfJson } from '#values';
import type { Tables } from '../database/schema.ts';
import { toldIn } from '../retention/told.ts';
import type { KioskRow } from './authenticate.ts';
import type { BatchBook, NewReceipt } from './batch-book.ts';
import type { ShopOfKiosk } from './chain.ts';
import { Refused } from './refused.ts';

/** What applying one record works with. */
export interface Applying {
  readonly db: Transaction<Tables>;
  readonly kiosk: KioskRow;
  readonly now: Instant;
  /** When each entry of this batch was written, as far as can be known. */
  readonly writtenAt: ReadonlyMap<number, Instant>;
  readonly receipts: ReadonlyMap<number, ReceiptReading>;
  readonly shop: ShopOfKiosk;
  /** Receipts of this batch that were taken back on a phone before they arrived, and when. */
  readonly waiting: ReadonlyMap<ReceiptId, Instant>;
  readonly book: BatchBook;
}

type Apply<Kind extends EntryKind> = (
  applying: Applying,
  body: EntryBodies[Kind],
  entry: { seq: number; time: Instant; writtenAt: Instant },
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
  'receipt-issued': async ({ book, receipts, waiting, now }, body, { seq, writtenAt }) => {
    const reading = receipts.get(seq);
    if (reading === undefined || book.receipts.has(body.receiptId))
      throw new Refused('receipt-mismatch', seq);
    const askedAt = waiting.get(body.receiptId) ?? null;
    // Nobody can take back what is not there: whoever asked shows that the receipt had been given by then, whatever the tablet's clock said.
    const issuedAt = earlier(writtenAt, askedAt);
    const told = toldIn(reading);
    const withdrawnAt = askedAt === null ? null : earlier(now, askedAt);
    book.receipts.set(body.receiptId, {
      seq,
      secretHash: body.secretHash,
      issuedAt,
      givesDemographics: reading.purposes.includes('demographics'),
      told_link_days: told?.linkDays ?? null,
      told_receipt_years: told?.receiptYears ?? null,
      hour: null,
      withdrawn_at: withdrawnAt,
      withdrawn_place: askedAt === null ? null : 'phone',
      // It never was in a count here.
      took_effect_at: withdrawnAt,
      withdrawn_in_ledger: 0,
    });
  },
  'look-opened': async (applying, { lookId, receiptIds }, { seq }) => {
    for (const id of receiptIds) await receiptOf(applying, id, seq);
    const { looks } = applying.book;
    if (looks.has(lookId)) throw new Refused('look-unknown', seq);
    looks.set(lookId, { seq, receiptIds, ending: null });
  },
  'look-closed': async ({ db, kiosk, book }, body, { seq }) => {
    const opened = book.looks.get(body.lookId);
    if (opened !== undefined) {
      const isSame = JSON.stringify(opened.receiptIds) === JSON.stringify(body.receiptIds);
      if (opened.ending !== null || !isSame) throw new Refused('look-unknown', seq);
      opened.ending = body.ending;
      return;
    }
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
  'contribution-recorded': async (applying, body, { seq, time }) => {
    const look = await lookOf(applying, body.lookId);
    if (look?.ending !== 'counted' || !look.receiptIds.includes(body.receiptId)) {
      throw new Refused('look-unknown', seq);
    }
    const receipt = await receiptOf(applying, body.receiptId, seq);
    // A withdrawal by phone may have come first, which the kiosk could not know; one in its own ledger it did know.
    if (receipt.hour !== null || receipt.isCut || receipt.withdrawn_in_ledger === 1) {
      throw new Refused('contribution-twice', seq);
    }
    await changeReceipt(applying, body.receiptId, { hour: localHour(time, applying.shop.timeZone) });
    applying.book.counted.add(body.receiptId);
    if (receipt.givesDemographics) applying.book.demographicsCounted += 1;
  },
  'contribution-withdrawn': async (applying, body, { seq, writtenAt }) => {
    const receipt = await findReceipt(applying, body.receiptId);
    // It may have been deleted while the kiosk wrote this; then there is nothing left to take back.
    if (receipt === undefined && (await hasDeletedReceipts(applying))) return;
    if (receipt === undefined) throw new Refused('receipt-unknown', seq);
    // Asked of the server before: it holds since then.
    const asked =
      receipt.withdrawn_at === null
        ? {
            withdrawn_at: writtenAt,
            withdrawn_place: body.place,
            took_effect_at: effectOf(applying, body.receiptId, receipt, writtenAt),
          }
        : {};
    await changeReceipt(applying, body.receiptId, { withdrawn_in_ledger: 1, ...asked });
  },
  release: async ({ db, kiosk, book }, body, { seq }) => {
    const changes = Object.entries(body.change);
    const sum = changes.reduce((total, [, people]) => total + people, 0);
    // A tablet that was offline releases by the setting that it knew; what no setting can lower is k itself.
    if (body.people < K_MIN || sum !== body.people) throw new Refused('release-too-small', seq);
    await book.writeDemographics(db, kiosk);
    if (!(await mayRelease(db, kiosk, body.people))) throw new Refused('release-too-large', seq);
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
  'tally-closed': async ({ book }, { hour, declined, left }) => {
    book.tallies.set(hour, { declined, left });
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
  const writtenAt = applying.writtenAt.get(entry.seq) ?? applying.now;
  await apply(applying, body, { seq: entry.seq, time, writtenAt });
}

/**
 * From when on no number of this server holds who took their yes back on a kiosk: from this batch on, but where staff never saw them counted, from
 * the moment in which they asked. Null once the link is cut.
 */
function effectOf(
  { now, book }: Applying,
  id: ReceiptId,
  { hour, isCut }: { readonly hour: string | null; readonly isCut: boolean },
  askedAt: Instant,
): Instant | null {
  if (isCut) return null;
  const wasShown = hour !== null && !book.counted.has(id);
  return wasShown && now > askedAt ? now : askedAt;
}

function earlier(time: Instant, other: Instant | null): Instant {
  return other !== null && other < time ? other : time;
}

type Change = Partial<
  Pick<NewReceipt, 'hour' | 'withdrawn_at' | 'withdrawn_place' | 'took_effect_at' | 'withdrawn_in_ledger'>
>;

/** A receipt of this kiosk: of this batch, from its own entry on, or of one before. */
async function receiptOf(applying: Applying, id: ReceiptId, seq: number) {
  const receipt = await findReceipt(applying, id);
  if (receipt === undefined) throw new Refused('receipt-unknown', seq);
  return receipt;
}

async function findReceipt({ db, kiosk, book }: Applying, id: ReceiptId) {
  const fresh = book.receipts.get(id);
  if (fresh !== undefined) return { ...fresh, isCut: false };
  const receipt = await db
    .selectFrom('receipt')
    .select([
      'hour',
      'cut_at',
      'gives_demographics',
      'withdrawn_at',
      'withdrawn_place',
      'withdrawn_in_ledger',
    ])
    .where('id', '=', id)
    .where('kiosk_id', '=', kiosk.id)
    .executeTakeFirst();
  if (receipt === undefined) return undefined;
  return { ...receipt, isCut: receipt.cut_at !== null, givesDemographics: receipt.gives_demographics === 1 };
}

async function hasDeletedReceipts({ db, kiosk }: Applying): Promise<boolean> {
  const pruned = await db
    .selectFrom('pruned')
    .select('through_seq')
    .where('kiosk_id', '=', kiosk.id)
    .where('class', '=', 'receipt')
    .executeTakeFirst();
  return pruned !== undefined;
}

/** Notes a release, if so many people of this kiosk gave `demographics`, were counted and were not released yet. */
async function mayRelease(db: Transaction<Tables>, kiosk: KioskRow, people: number): Promise<boolean> {
  const noted = await db
    .updateTable('kiosk')
    .set((set) => ({ demographics_released: set('demographics_released', '+', people) }))
    .where('id', '=', kiosk.id)
    .where(({ eb }) => eb(eb('demographics_released', '+', people), '<=', eb.ref('demographics_counted')))
    .returning('id')
    .executeTakeFirst();
  return noted !== undefined;
}

async function changeReceipt({ db, kiosk, book }: Applying, id: ReceiptId, change: Change): Promise<void> {
  const fresh = book.receipts.get(id);
  if (fresh !== undefined) Object.assign(fresh, change);
  else {
    await db
      .updateTable('receipt')
      .set(change)
      .where('id', '=', id)
      .where('kiosk_id', '=', kiosk.id)
      .execute();
  }
}

async function lookOf({ db, kiosk, book }: Applying, id: LookId) {
  const fresh = book.looks.get(id);
  if (fresh !== undefined) return fresh;
  const look = await db
    .selectFrom('look')
    .select(['receipt_ids_json', 'ending'])
    .where('kiosk_id', '=', kiosk.id)
    .where('id', '=', id)
    .executeTakeFirst();
  if (look === undefined) return null;
  return { receiptIds: JSON.parse(look.receipt_ids_json) as readonly ReceiptId[], ending: look.ending };
}
