import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  importJWK,
  type JWK,
} from 'jose';
import { canonicalJson, type Json, type JsonObject } from './canonical-json.ts';
import type { Outcome } from './outcome.ts';

const SIGNATURE_ALGORITHM = 'ES256';

type JwsFault = 'other-type' | 'other-key' | 'signature-wrong';

/** Checks one compact JWS and gives what it says, still unparsed: the text comes from outside. Never throws. */
export type JwsVerifier = (jws: string) => Promise<Outcome<{ readonly payload: unknown }, JwsFault>>;

/** The RFC 7638 thumbprint of a kiosk's public key: the `kid` of everything that it signs. */
export async function keyThumbprint(publicKey: JsonObject): Promise<string> {
  return calculateJwkThumbprint(publicKey as JWK, 'sha256');
}

/** The canonical JSON of a value as a compact JWS (RFC 7515) with ES256. */
export async function signJws(payload: Json, type: string, key: CryptoKey, kid: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(canonicalJson(payload)))
    .setProtectedHeader({ alg: SIGNATURE_ALGORITHM, typ: type, kid })
    .sign(key);
}

/**
 * What checks texts of one type that one key signed. The key is read once, so that many texts cost no more than their signatures.
 * Null where the key is not a point of P-256: nothing was ever signed with it.
 */
export async function jwsVerifier(publicKey: JsonObject, type: string): Promise<JwsVerifier | null> {
  const key = await importKey(publicKey);
  if (key === null) return null;
  const kid = await keyThumbprint(publicKey);
  return async (jws) => {
    const header = readHeader(jws);
    if (header?.typ !== type) return { ok: false, reason: 'other-type' };
    if (header.kid !== kid) return { ok: false, reason: 'other-key' };
    try {
      // The algorithm is fixed here and never taken from the header (RFC 8725, section 3.1).
      const { payload } = await compactVerify(jws, key, { algorithms: [SIGNATURE_ALGORITHM] });
      return { ok: true, payload: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) };
    } catch {
      return { ok: false, reason: 'signature-wrong' };
    }
  };
}

async function importKey(publicKey: JsonObject) {
  try {
    return await importJWK(publicKey as JWK, SIGNATURE_ALGORITHM);
  } catch {
    return null;
  }
}

function readHeader(jws: string) {
  try {
    return decodeProtectedHeader(jws);
  } catch {
    return null;
  }
}
