import { makeReceipt } from '#consent';
import { MAX_BUTTON, MAX_RECEIPT_CHARS, readClosedReceipt } from '#protocol';
import {
  canonicalJson,
  instant,
  type Json,
  type KioskId,
  parseCanonicalJson,
  type ReceiptId,
  sha256,
} from '#values';
import type { ShopFacts } from './shop-facts.ts';

const HEADER_AND_SIGNATURE_CHARS = 256;
/** As long as one can be: a server may be given another address at any start. */
const LONGEST_ADDRESS = `https://${'a'.repeat(200 - 'https://'.length)}`;

/** Whether the largest receipt that a shop can give is one that servers and checkers take: what they refuse would stand in a tablet's ledger for good. */
export function receiptIsTaken(facts: ShopFacts): boolean {
  const text = largestReceipt(facts);
  const bytes = new TextEncoder().encode(text).length;
  const chars = Math.ceil((bytes * 4) / 3) + HEADER_AND_SIGNATURE_CHARS;
  // They read it as it comes out of a signature, with their own limits on how it is made up.
  return chars <= MAX_RECEIPT_CHARS && readClosedReceipt(parseCanonicalJson(text)) !== null;
}

function largestReceipt({ controller, shop }: ShopFacts): string {
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
    receiptUrl: `${LONGEST_ADDRESS}/r/${id}`,
    noticeUrl: `${LONGEST_ADDRESS}/notices/${hash}`,
  });
  return canonicalJson(document as unknown as Json);
}
