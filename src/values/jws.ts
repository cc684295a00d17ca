import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  importJWK,
  type JWK,
} from 'jose';
import { base64UrlToBytes } from './bytes.ts';
import { canonicalJson, type Json, type JsonObject } from './canonical-json.ts';
import type { Outcome } from './outcome.ts';

const SIGNATURE_ALGORITHM = 'ES256';
const SIGNATURE_BYTES = 64;
const HEADER_KEYS = ['alg', 'kid', 'typ'];

type JwsFault = 'other-type' | 'other-key' | 'signature-wrong';

/** Checks one compact JWS and gives its payload's text, whatever that says: it comes from outside. Never throws. */
export type JwsVerifier = (jws: string) => Promise<Outcome<{ readonly text: string }, JwsFault>>;

/** Whether one key signed a compact JWS, given as text or as its ASCII bytes, with ES256, whatever its header says. False where it is none. */
export type SignatureCheck = (jws: string | Uint8Array<ArrayBuffer>) => Promise<boolean>;

/**
 * What checks the signatures of a key, or null where that is not a point of P-256: nothing was ever signed with it. This room has one that
 * runs everywhere; a server gives the quicker one of its runtime.
 */
export type SignatureChecks = (publicKey: JsonObject) => Promise<SignatureCheck | null>;

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
 * Null where the key is none.
 */
export async function jwsVerifier(
  publicKey: JsonObject,
  type: string,
  signatures: SignatureChecks = portableSignatures,
): Promise<JwsVerifier | null> {
  const isSigned = await signatures(publicKey);
  if (isSigned === null) return null;
  const kid = await keyThumbprint(publicKey);
  // All that a kiosk signs begins alike, so one header that was found right is every header.
  let rightHeader: string | null = null;
  return async (jws) => {
    const header = jws.slice(0, jws.indexOf('.') + 1);
    const hasThreeParts = jws.indexOf('.', header.length) === jws.lastIndexOf('.');
    if (header !== rightHeader || !hasThreeParts) {
      const fault = faultOfHeader(jws, type, kid);
      if (fault !== null) return { ok: false, reason: fault };
      rightHeader = header;
    }
    const end = jws.lastIndexOf('.');
    const text = payloadText(jws.slice(header.length, end));
    // There is one way to write each signature: who checks it may read others too.
    const isWritten = base64UrlToBytes(jws.slice(end + 1))?.length === SIGNATURE_BYTES;
    if (text === null || !isWritten || !(await isSigned(jws)))
      return { ok: false, reason: 'signature-wrong' };
    return { ok: true, text };
  };
}

/** The algorithm is fixed here and never taken from the header (RFC 8725, section 3.1); what the header calls critical, we do not know. */
function faultOfHeader(jws: string, type: string, kid: string): JwsFault | null {
  const header = readHeader(jws);
  if (header?.typ !== type) return 'other-type';
  if (header.kid !== kid) return 'other-key';
  const hasOnlyOurs = Object.keys(header).sort().join() === HEADER_KEYS.join();
  return header.alg === SIGNATURE_ALGORITHM && hasOnlyOurs ? null : 'signature-wrong';
}

const OPENING_BRACE = 0x7b;

function readHeader(jws: string) {
  // A byte order mark before it would be read over, and so would bits to spare.
  if (base64UrlToBytes(jws.slice(0, jws.indexOf('.')))?.[0] !== OPENING_BRACE) return null;
  try {
    return decodeProtectedHeader(jws);
  } catch {
    return null;
  }
}

// Pure: whoever checks no signature, loads nothing of this file.
const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', {
  fatal: true,
  // A byte order mark is not part of any text of ours, so it is not skipped.
  ignoreBOM: true,
});

function payloadText(payload: string): string | null {
  const bytes = base64UrlToBytes(payload);
  try {
    return bytes === null ? null : utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** With what browsers have too: it checks beside the thread that asks. */
export const portableSignatures: SignatureChecks = async (publicKey) => {
  const key = await importKey(publicKey);
  if (key === null) return null;
  return async (jws) =>
    compactVerify(jws, key, { algorithms: [SIGNATURE_ALGORITHM] }).then(
      () => true,
      () => false,
    );
};

async function importKey(publicKey: JsonObject) {
  try {
    return await importJWK(publicKey as JWK, SIGNATURE_ALGORITHM);
  } catch {
    return null;
  }
}
