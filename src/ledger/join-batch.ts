import type { HashText, Outcome, Sha256 } from '#values';
import { checkChain } from './check-chain.ts';
import type { Head, LedgerRecord } from './entry.ts';

/** What a receiver knows of the chain that it already holds. */
export interface StoredChain {
  readonly head: Head | null;
  /** Hash of a stored entry. Asked only for numbers from 0 to the head's. */
  readonly hashAt: (seq: number) => Sha256 | null;
}

export type JoinRefusal = 'empty' | 'chain-broken' | 'does-not-join' | 'fork';

/**
 * Decides what of a batch is new to a receiver. The same batch twice gives no new records; a batch that leaves a gap does
 * not join; a batch that disagrees with a stored entry is a fork. The sender is not trusted: every hash is computed again.
 */
export function joinBatch(
  stored: StoredChain,
  batch: readonly LedgerRecord[],
  hashText?: HashText,
): Outcome<
  { readonly fresh: readonly LedgerRecord[]; readonly freshHashes: readonly Sha256[]; readonly head: Head },
  JoinRefusal
> {
  const first = batch[0];
  if (first === undefined) return { ok: false, reason: 'empty' };
  const before = first.entry.seq === 0 ? null : { seq: first.entry.seq - 1, hash: first.entry.previous };
  const chain = checkChain(batch, before, hashText);
  if (!chain.ok || chain.head === null) return { ok: false, reason: 'chain-broken' };

  const storedSeq = stored.head?.seq ?? -1;
  if (first.entry.seq > storedSeq + 1) return { ok: false, reason: 'does-not-join' };
  if (before !== null && stored.hashAt(before.seq) !== before.hash) return { ok: false, reason: 'fork' };
  const known = batch.filter(({ entry }) => entry.seq <= storedSeq);
  if (known.some(({ entry }, index) => stored.hashAt(entry.seq) !== chain.hashes[index])) {
    return { ok: false, reason: 'fork' };
  }
  const fresh = batch.slice(known.length);
  const head = fresh.length > 0 || stored.head === null ? chain.head : stored.head;
  return { ok: true, fresh, freshHashes: chain.hashes.slice(known.length), head };
}
