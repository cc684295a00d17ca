import { verifyReceipt } from '#consent';
import type { LedgerRecord } from '#ledger';
import { type ReceiptReading, readReceiptDocument } from '#protocol';
import type { JsonObject } from '#values';
import type { ServerContext } from '../context.ts';
import type { KioskRow } from './authenticate.ts';
import { Refused } from './refused.ts';

/** Every receipt of a batch by its entry's number, each proven to be signed by this kiosk, for this shop, over a notice that was published. */
export async function checkReceipts(
  { db }: Pick<ServerContext, 'db'>,
  kiosk: KioskRow,
  records: readonly LedgerRecord[],
): Promise<ReadonlyMap<number, ReceiptReading>> {
  const publicKey = JSON.parse(kiosk.public_key_json) as JsonObject;
  const notices = await db.selectFrom('notice').select(['hash', 'controller_id']).where('shop_id', '=', kiosk.shop_id).execute();
  const controllerOfNotice = new Map(notices.map((notice) => [notice.hash, notice.controller_id]));
  const checked = new Map<number, ReceiptReading>();
  for (const { entry, body } of records) {
    if (entry.kind !== 'receipt-issued' || body === null) continue;
    const { seq } = entry;
    const issued = body as Extract<LedgerRecord, { entry: { kind: 'receipt-issued' } }>['body'];
    if (issued === null) continue;
    const verified = await verifyReceipt(issued.receipt, publicKey);
    if (!verified.ok) throw new Refused('receipt-signature-wrong', seq);
    const reading = readReceiptDocument(verified.payload);
    if (reading === null || reading.receiptId !== issued.receiptId || reading.shop.id !== kiosk.shop_id) {
      throw new Refused('receipt-mismatch', seq);
    }
    if (reading.kioskId !== kiosk.id) throw new Refused('other-kiosk', seq);
    if (reading.purposes.join() !== issued.purposes.join()) throw new Refused('receipt-mismatch', seq);
    if (controllerOfNotice.get(reading.notice.hash) !== reading.controller.id) throw new Refused('notice-unknown', seq);
    checked.set(seq, reading);
  }
  return checked;
}
