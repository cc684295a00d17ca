import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  importJWK,
  type JWK,
} from 'jose';
import { canonicalJson, type Json, type JsonObject, type Outcome } from '#values';
import type { ReceiptDocument } from './receipt.ts';

export const RECEIPT_TYPE = 'consent-receipt+jws';
const SIGNATURE_ALGORITHM = 'ES256';

export type SignatureFault = 'not-a-receipt' | 'other-key' | 'signature-wrong';

/** The RFC 7638 thumbprint of a kiosk's public key: the `kid` of everything that it signs. */
export async function keyThumbprint(publicKey: JsonObject): Promise<string> {
  return calculateJwkThumbprint(publicKey as JWK, 'sha256');
}

/** The receipt as a compact JWS (RFC 7515) with ES256, signed by the kiosk's own key. */
export async function signReceipt(document: ReceiptDocument, key: CryptoKey, kid: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(canonicalJson(document as unknown as Json)))
    .setProtectedHeader({ alg: SIGNATURE_ALGORITHM, typ: RECEIPT_TYPE, kid })
    .sign(key);
}

/**
 * Checks that a text is a receipt signed by this key and gives what it says, still unparsed: the text comes from outside.
 * The algorithm is fixed here and never taken from the header (RFC 8725, section 3.1).
 */
export async function verifyReceipt(
  jws: string,
  publicKey: JsonObject,
): Promise<Outcome<{ readonly payload: unknown }, SignatureFault>> {
  const header = readHeader(jws);
  if (header?.typ !== RECEIPT_TYPE) return { ok: false, reason: 'not-a-receipt' };
  if (header.kid !== (await keyThumbprint(publicKey))) return { ok: false, reason: 'other-key' };
  try {
    const key = await importJWK(publicKey as JWK, SIGNATURE_ALGORITHM);
    const { payload } = await compactVerify(jws, key, { algorithms: [SIGNATURE_ALGORITHM] });
    return { ok: true, payload: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) };
  } catch {
    return { ok: false, reason: 'signature-wrong' };
  }
}

function readHeader(jws: string) {
  try {
    return decodeProtectedHeader(jws);
  } catch {
    return null;
  }
}
