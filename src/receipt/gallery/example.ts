import { makeReceipt, type Purpose, type ReceiptFacts } from '#consent';
import { readReceiptDocument } from '#protocol';
import { type ControllerId, instant, type KioskId, type ReceiptId, type Sha256, type ShopId } from '#values';
import type { CheckedReceipt } from '../check-receipt.ts';

const RECEIPT_ID = 'AAAAAAAAAAAAAAAAAAAAAA' as ReceiptId;
const NOTICE_HASH = 'a'.repeat(64) as Sha256;

/** A receipt as a shop gives it, checked and found genuine. */
export function exampleReceipt(
  language: string,
  purposes: readonly Purpose[],
  givenBy: ReceiptFacts['givenBy'] = 'visitor',
): Extract<CheckedReceipt, { verdict: 'genuine' | 'partly' }> {
  const document = makeReceipt({
    receiptId: RECEIPT_ID,
    purposes,
    givenBy,
    time: instant(1_764_000_000_000),
    timeUncertaintyMs: 12,
    notice: { id: 'counting', version: '1', language, hash: NOTICE_HASH },
    buttonLabel: 'Yes',
    answersShown: ['No', 'Yes'],
    controller: {
      id: 'harbour-street-motors' as ControllerId,
      name: 'Harbour Street Motors Ltd',
      address: '1 Harbour Street, Dublin',
      contact: 'privacy@harbour-street.example',
      country: 'IE',
      regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
      laws: ['eu-gdpr:GDPR'],
      retention: { linkDays: 30, receiptYears: 3 },
    },
    shop: {
      id: 'harbour-street' as ShopId,
      name: 'Harbour Street',
      timeZone: 'Europe/Dublin',
      languages: [language],
    },
    kioskId: 'BBBBBBBBBBBBBBBBBBBBBB' as KioskId,
    receiptUrl: `https://askfirst.example/r/${RECEIPT_ID}`,
    noticeUrl: `https://askfirst.example/notices/${NOTICE_HASH}`,
  });
  const reading = readReceiptDocument(document);
  if (reading === null) throw new Error('The example is no receipt any more.');
  return {
    findings: ['key-matches', 'signature-holds', 'id-matches'],
    document,
    verdict: 'genuine',
    reading,
  };
}
