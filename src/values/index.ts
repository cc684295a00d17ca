/**
 * Values: the small things every room shares. Ids, hashes, instants, canonical JSON, outcomes, filled texts.
 * Imports no other room. Never reads a clock, a random source, storage or the network: those come in as arguments.
 */
export { base64UrlToBytes, bytesToBase64Url, bytesToHex } from './bytes.ts';
export {
  canonicalJson,
  isCanonicalJson,
  type Json,
  type JsonObject,
  parseCanonicalJson,
  parseJson,
} from './canonical-json.ts';

export { isSha256, type Sha256 } from './digest.ts';
export { languageDirection } from './direction.ts';
export type { Clock, Elapsed, RandomBytes } from './effects.ts';
export {
  type HashText,
  sha256,
  sha256OfBytes,
  sha256OfJson,
  sha256Stream,
} from './hash.ts';

export {
  type ControllerId,
  isRandomId,
  type KioskId,
  type LookId,
  type PersonId,
  RANDOM_ID_BYTES,
  type ReceiptId,
  randomId,
  type ShopId,
} from './ids.ts';
export {
  DAY_MS,
  HOUR_MS,
  type Instant,
  type IsoTime,
  instant,
  instantFromIso,
  MINUTE_MS,
  SECOND_MS,
  toIso,
} from './instant.ts';
export {
  jwsVerifier,
  keyThumbprint,
  portableSignatures,
  type SignatureCheck,
  type SignatureChecks,
  signJws,
} from './jws.ts';
export { nearestLanguage } from './nearest-language.ts';
export type { Outcome } from './outcome.ts';
export { formatUnit, withOwnDigits } from './own-digits.ts';
