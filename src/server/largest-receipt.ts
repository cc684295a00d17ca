import { makeReceipt } from '#consent';
import { MAX_BUTTON } from '#protocol';
import { canonicalJson, instant, type Json, type KioskId, type ReceiptId, sha256 } from '#values';
import type { ShopFacts } from './shop-facts.ts';

const HEADER_AND_SIGNATURE_CHARS = 256;

/** The length of the longest receipt that a shop can give, as a compact JWS. */
export function largestReceipt({ controller, shop, settings }: ShopFacts): number {
  const id = 'A'.repeat(22);
  const hash = sha256(id);
  const document = makeReceipt({
    receiptId: id as ReceiptId,
    purposes: ['count', 'demographics'],
    givenBy: 'visitor',
    time: instant(0),
    timeUncertaintyMs: Number.MAX_SAFE_INTEGER,
    notice: { id: 'counting', version: '9999', language: shop.languages[0] ?? 'en', hash },
    buttonLabel: 'x'.repeat(MAX_BUTTON),
    answersShown: ['x'.repeat(MAX_BUTTON), 'x'.repeat(MAX_BUTTON)],
    controller,
    shop,
    kioskId: id as KioskId,
    receiptUrl: `${settings.publicUrl}/r/${id}`,
    noticeUrl: `${settings.publicUrl}/notices/${hash}`,
  });
  const bytes = new TextEncoder().encode(canonicalJson(document as unknown as Json)).length;
  return Math.ceil((bytes * 4) / 3) + HEADER_AND_SIGNATURE_CHARS;
}
