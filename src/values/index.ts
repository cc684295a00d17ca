/**
 * Values: the small things every room shares. Ids, hashes, instants, canonical JSON, outcomes.
 * Imports no other room. Never reads a clock, a random source, storage or the network: those come in as arguments.
 */
export { base64UrlToBytes, bytesToBase64Url, bytesToHex } from './bytes.ts';
export { canonicalJson, type Json, type JsonObject } from './canonical-json.ts';
export { type Sha256, isSha256, sha256, sha256OfBytes, sha256OfJson } from './hash.ts';
export {
  type ControllerId,
  type KioskId,
  type LookId,
  type ReceiptId,
  type ShopId,
  RANDOM_ID_BYTES,
  isRandomId,
  randomId,
} from './ids.ts';
export {
  DAY_MS,
  HOUR_MS,
  type Instant,
  instant,
  instantFromIso,
  type IsoTime,
  MINUTE_MS,
  SECOND_MS,
  toIso,
} from './instant.ts';
export type { Clock, RandomBytes } from './effects.ts';
export type { Outcome } from './outcome.ts';
