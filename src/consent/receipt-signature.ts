import { type Json, type JsonObject, jwsVerifier, type Outcome, signJws } from '#values';
import type { ReceiptDocument } from './receipt.ts';

export { keyThumbprint } from '#values';

export const RECEIPT_TYPE = 'consent-receipt+jws';

export type SignatureFault = 'not-a-receipt' | 'other-key' | 'signature-wrong';

/** Checks that a text is a receipt signed by one key and gives what it says, still unparsed: the text comes from outside. */
export type ReceiptVerifier = (
  jws: string,
) => Promise<Outcome<{ readonly payload: unknown }, SignatureFault>>;

/** The receipt as a compact JWS (RFC 7515) with ES256, signed by the kiosk's own key. */
export async function signReceipt(document: ReceiptDocument, key: CryptoKey, kid: string): Promise<string> {
  return signJws(document as unknown as Json, RECEIPT_TYPE, key, kid);
}

/** What checks many receipts of one kiosk, or null where its key is none. */
export async function receiptVerifier(publicKey: JsonObject): Promise<ReceiptVerifier | null> {
  const verify = await jwsVerifier(publicKey, RECEIPT_TYPE);
  if (verify === null) return null;
  return async (jws) => {
    const verified = await verify(jws);
    if (verified.ok) return verified;
    const reason = verified.reason === 'other-type' ? 'not-a-receipt' : verified.reason;
    return { ok: false, reason };
  };
}

/** Checks one receipt by the key that should have signed it. */
export async function verifyReceipt(
  jws: string,
  publicKey: JsonObject,
): Promise<Outcome<{ readonly payload: unknown }, SignatureFault>> {
  const verify = await receiptVerifier(publicKey);
  return verify === null ? { ok: false, reason: 'signature-wrong' } : verify(jws);
}
