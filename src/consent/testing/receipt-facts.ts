import { type ControllerId, instant, type KioskId, type ReceiptId, type Sha256, type ShopId } from '#values';
import type { ReceiptFacts } from '../receipt.ts';
import { keyThumbprint } from '../receipt-signature.ts';

/** One adult's yes to being counted, in a shop under GDPR. */
export const facts: ReceiptFacts = {
  receiptId: 'AAAAAAAAAAAAAAAAAAAAAA' as ReceiptId,
  purposes: ['count'],
  givenBy: 'visitor',
  time: instant(1_764_000_000_000),
  timeUncertaintyMs: 12,
  notice: { id: 'counting', version: '1', language: 'en', hash: 'a'.repeat(64) as Sha256 },
  buttonLabel: 'Yes, count me',
  answersShown: ['No, thank you', 'Yes, count me'],
  controller: {
    id: 'harbour' as ControllerId,
    name: 'Harbour Street Motors Ltd',
    address: '1 Harbour Street',
    contact: 'privacy@harbour.example',
    country: 'IE',
    regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
    laws: ['eu-gdpr:GDPR'],
    retention: { linkDays: 30, receiptYears: 3 },
  },
  shop: {
    id: 'harbour-street' as ShopId,
    name: 'Harbour Street',
    timeZone: 'Europe/Dublin',
    languages: ['en'],
  },
  kioskId: 'BBBBBBBBBBBBBBBBBBBBBB' as KioskId,
  receiptUrl: 'http://localhost:8080/r/AAAAAAAAAAAAAAAAAAAAAA',
  noticeUrl: `http://localhost:8080/notices/${'a'.repeat(64)}`,
};

/** A device key as a tablet makes one. */
export async function makeKey() {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const publicKey = { kty: String(kty), crv: String(crv), x: String(x), y: String(y) };
  return { privateKey: keys.privateKey, publicKey, kid: await keyThumbprint(publicKey) };
}
