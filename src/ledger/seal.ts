import {
  bytesToBase64Url,
  type HashText,
  type Instant,
  type Json,
  RANDOM_ID_BYTES,
  type RandomBytes,
  type Sha256,
  sha256OfJson,
  toIso,
} from '#values';
import type { Entry, EntryBodies, EntryKind, Head, LedgerRecord } from './entry.ts';
import { GENESIS_HASH } from './entry.ts';

/** SHA-256 over the canonical JSON (RFC 8785) of an entry: what the next entry names as `previous`. */
export function hashEntry(entry: Entry, hashText?: HashText): Sha256 {
  return sha256OfJson(entry as unknown as Json, hashText);
}

/** The next record of a chain, with fresh salt, and the head that the chain has with it. */
export function sealEntry<Kind extends EntryKind>(
  head: Head | null,
  kind: Kind,
  body: EntryBodies[Kind],
  time: Instant,
  random: RandomBytes,
  hashText?: HashText,
): { readonly record: LedgerRecord; readonly head: Head } {
  const salted = { ...body, salt: bytesToBase64Url(random(RANDOM_ID_BYTES)) };
  const entry: Entry<Kind> = {
    seq: head === null ? 0 : head.seq + 1,
    previous: head === null ? GENESIS_HASH : head.hash,
    time: toIso(time),
    kind,
    bodyHash: sha256OfJson(salted as unknown as Json, hashText),
  };
  // The pairing of kind and body holds by the signature; the compiler cannot carry it through a generic.
  const record = { entry, body: salted } as unknown as LedgerRecord;
  return { record, head: { seq: entry.seq, hash: hashEntry(entry, hashText) } };
}
