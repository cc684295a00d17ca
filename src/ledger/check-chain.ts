import { type HashText, type Json, type Outcome, type Sha256, sha256OfJson } from '#values';
import { GENESIS_HASH, type Head, type LedgerRecord } from './entry.ts';
import { hashEntry } from './seal.ts';

export type ChainFaultReason = 'sequence-broken' | 'previous-hash-wrong' | 'body-hash-wrong';

export interface ChainFault {
  readonly ok: false;
  readonly reason: ChainFaultReason;
  /** The sequence number at which the chain is first wrong. */
  readonly seq: number;
}

/**
 * Checks that records follow one another without gap or edit, from `after` on (null: from the first entry),
 * and gives the head that they end in and the hash of each. Comparing that head with a signed one shows a cut at the end.
 */
export function checkChain(
  records: Iterable<LedgerRecord>,
  after: Head | null,
  hashText?: HashText,
):
  | Outcome<
      { readonly head: Head | null; readonly pruned: number; readonly hashes: readonly Sha256[] },
      never
    >
  | ChainFault {
  const hashes: Sha256[] = [];
  let head = after;
  let pruned = 0;
  for (const { entry, body } of records) {
    const expectedSeq = head === null ? 0 : head.seq + 1;
    if (entry.seq !== expectedSeq) return { ok: false, reason: 'sequence-broken', seq: expectedSeq };
    const expectedPrevious = head === null ? GENESIS_HASH : head.hash;
    if (entry.previous !== expectedPrevious) {
      return { ok: false, reason: 'previous-hash-wrong', seq: entry.seq };
    }
    if (body === null) pruned += 1;
    else if (sha256OfJson(body as unknown as Json, hashText) !== entry.bodyHash) {
      return { ok: false, reason: 'body-hash-wrong', seq: entry.seq };
    }
    head = { seq: entry.seq, hash: hashEntry(entry, hashText) };
    hashes.push(head.hash);
  }
  return { ok: true, head, pruned, hashes };
}
