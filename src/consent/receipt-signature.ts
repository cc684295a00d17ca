import {
  type Json,
  type JsonObject,
  jwsVerifier,
  type Outcome,
  parseJson,
  type SignatureChecks,
  signJws,
} from '#values';
import type { ReceiptDocument } from './receipt.ts';

export { keyThumbprint } from '#values';

export const RECEIPT_TYPE = 'consent-receipt+jws';

export type SignatureFault = 'not-a-receipt' | 'other-key' | 'signature-wrong';

/** Checks that a text is named as a receipt and signed by one key, and gives the text that was signed: it comes from outside. */
export type ReceiptVerifier = (jws: string) => Promise<Outcome<{ readonly text: string }, SignatureFault>>;

/** The receipt as a compact JWS (RFC 7515) with ES256, signed by the kiosk's own key. */
export async function signReceipt(document: ReceiptDocument, key: CryptoKey, kid: string): Promise<string> {
  return signJws(document as unknown as Json, RECEIPT_TYPE, key, kid);
}

/** What checks many receipts of one kiosk, or null where its key is none. */
export async function receiptVerifier(
  publicKey: JsonObject,
  signatures?: SignatureChecks,
): Promise<ReceiptVerifier | null> {
  const verify = await jwsVerifier(publicKey, RECEIPT_TYPE, signatures);
  if (verify === null) return null;
  return async (jws) => {
    const verified = await verify(jws);
    if (verified.ok) return verified;
    const reason = verified.reason === 'other-type' ? 'not-a-receipt' : verified.reason;
    return { ok: false, reason };
  };
}

/** Checks one receipt by the key that should have signed it, and gives what it says, still unread. */
export async function verifyReceipt(
  jws: string,
  publicKey: JsonObject,
): Promise<Outcome<{ readonly payload: unknown }, SignatureFault>> {
  const verify = await receiptVerifier(publicKey);
  if (verify === null) return { ok: false, reason: 'signature-wrong' };
  const verified = await verify(jws);
  return verified.ok ? { ok: true, payload: parseJson(verified.text) } : verified;
}
