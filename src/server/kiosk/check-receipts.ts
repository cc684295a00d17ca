import type { Notice } from '#consent';
import type { EntryBodies, LedgerRecord } from '#ledger';
import type { ReceiptReading, RefusalReason } from '#protocol';
import type { Sha256 } from '#values';
import type { ServerContext } from '../context.ts';
import type { Database } from '../database/open.ts';
import type { KioskRow } from './authenticate.ts';
import { keyOfKiosk } from './kiosk-keys.ts';
import { Refused } from './refused.ts';

/** Every receipt of a batch by its entry's number, each proven to be signed by this kiosk, for this shop, over a notice that was published. */
export async function checkReceipts(
  { db }: Pick<ServerContext, 'db'>,
  kiosk: KioskRow,
  records: readonly LedgerRecord[],
): Promise<ReadonlyMap<number, ReceiptReading>> {
  const checked = new Map<number, ReceiptReading>();
  const issued = records.flatMap(({ entry, body }) =>
    entry.kind === 'receipt-issued' && body !== null
      ? [{ seq: entry.seq, body: body as EntryBodies['receipt-issued'] }]
      : [],
  );
  if (issued.length === 0) return checked;
  const { receipts: readReceipt } = await keyOfKiosk(kiosk);
  // All at once: signatures are checked beside us, on as many cores as there are.
  const read = await Promise.all(issued.map(({ body }) => readReceipt?.(body.receipt)));
  const named = read.flatMap((each) => (each?.ok === true ? [each.reading.notice.hash] : []));
  const notices = await noticesNamed(db, kiosk, new Set(named));
  for (const [index, { seq, body }] of issued.entries()) {
    const outcome = read[index] ?? { ok: false, reason: 'receipt-signature-wrong' };
    if (!outcome.ok) throw new Refused(outcome.reason, seq);
    const { reading } = outcome;
    const reason = faultOf(reading, body, kiosk, notices);
    if (reason !== null) throw new Refused(reason, seq);
    checked.set(seq, reading);
  }
  return checked;
}

/** Of the notices of a kiosk's shop those that its receipts name: there may be thousands of others. */
async function noticesNamed(
  db: Database,
  kiosk: KioskRow,
  hashes: ReadonlySet<Sha256>,
): Promise<ReadonlyMap<Sha256, Notice>> {
  if (hashes.size === 0) return new Map();
  const rows = await db
    .selectFrom('notice')
    .select(['hash', 'notice_json'])
    .where('shop_id', '=', kiosk.shop_id)
    .where('hash', 'in', [...hashes])
    .execute();
  return new Map(rows.map(({ hash, notice_json }) => [hash, JSON.parse(notice_json) as Notice]));
}

/** What a receipt that is rightly signed may still claim wrongly: a stolen key signs anything. */
function faultOf(
  reading: ReceiptReading,
  body: EntryBodies['receipt-issued'],
  kiosk: KioskRow,
  notices: ReadonlyMap<Sha256, Notice>,
): RefusalReason | null {
  if (reading.kioskId !== kiosk.id || reading.shop.id !== kiosk.shop_id) return 'other-kiosk';
  if (reading.receiptId !== body.receiptId || reading.purposes.join() !== body.purposes.join()) {
    return 'receipt-mismatch';
  }
  const { purposes, givenBy } = reading;
  const givesDemographics = purposes.includes('demographics');
  // `demographics` is never asked without `count`, and never of a child.
  if (!purposes.includes('count') || (givesDemographics && givenBy === 'guardian')) return 'receipt-mismatch';
  const notice = notices.get(reading.notice.hash);
  if (notice === undefined || notice.controllerId !== reading.controller.id) return 'notice-unknown';
  const { id, version, language } = reading.notice;
  const isAsShown = notice.id === id && notice.version === version && notice.language === language;
  return isAsShown ? null : 'receipt-mismatch';
}
