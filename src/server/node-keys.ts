import { createPublicKey, type KeyObject, verify, type webcrypto } from 'node:crypto';
import type { JsonObject } from '#values';

// Of our own code only types, so that a thread with this alone begins at once.

/** The key of a JWK (RFC 7517); throws where it is none. */
export function keyOf(publicKey: JsonObject): KeyObject {
  return createPublicKey({ key: publicKey as webcrypto.JsonWebKey, format: 'jwk' });
}

/**
 * Whether the key signed a compact JWS (RFC 7515, section 7.1), given as text or as its ASCII bytes, with ES256. On the thread that asks, which
 * it keeps busy.
 */
export function verifyJws(jws: string | Uint8Array<ArrayBuffer>, key: KeyObject): boolean {
  const bytes = typeof jws === 'string' ? Buffer.from(jws, 'latin1') : viewOf(jws);
  const dot = bytes.lastIndexOf('.');
  if (dot === -1) return false;
  const signature = Buffer.from(bytes.toString('latin1', dot + 1), 'base64url');
  return verify('sha256', bytes.subarray(0, dot), { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
