import { sha256 as sha256Bytes } from '@noble/hashes/sha2.js';
import { bytesToHex } from './bytes.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import type { Sha256 } from './digest.ts';

/** SHA-256 of the UTF-8 bytes of a text. This room has one that runs everywhere; a server gives the quicker one of its runtime. */
export type HashText = (text: string) => Sha256;

// Pure: whoever does not hash, loads nothing of this file.
const utf8 = /* @__PURE__ */ new TextEncoder();

/** The digest of the UTF-8 bytes of a text. */
export function sha256(text: string): Sha256 {
  return sha256OfBytes(utf8.encode(text));
}

export function sha256OfBytes(bytes: Uint8Array): Sha256 {
  return bytesToHex(sha256Bytes(bytes)) as Sha256;
}

/** A digest over bytes that come piece by piece. */
export function sha256Stream(): {
  readonly update: (bytes: Uint8Array) => void;
  readonly digest: () => Sha256;
} {
  const hash = sha256Bytes.create();
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => bytesToHex(hash.digest()) as Sha256,
  };
}

/** The digest of the canonical JSON (RFC 8785) of a value. */
export function sha256OfJson(value: Json, hashText: HashText = sha256): Sha256 {
  return hashText(canonicalJson(value));
}
