import { sha256 as sha256Bytes } from '@noble/hashes/sha2.js';
import { bytesToHex } from './bytes.ts';
import { canonicalJson, type Json } from './canonical-json.ts';

/** A SHA-256 digest (FIPS 180-4) as 64 lower-case hexadecimal digits. */
export type Sha256 = string & { readonly __brand: 'Sha256' };

/** SHA-256 of the UTF-8 bytes of a text. This room has one that runs everywhere; a server gives the quicker one of its runtime. */
export type HashText = (text: string) => Sha256;

const SHA256_PATTERN = /^[0-9a-f]{64}$/;
const utf8 = new TextEncoder();

export function isSha256(text: string): text is Sha256 {
  return SHA256_PATTERN.test(text);
}

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
