import { GENESIS_HASH, type Head, type LedgerRecord } from '#ledger';
import { canonicalJson, type Json } from '#values';
import { hashText } from '../hash-text.ts';

/** Follows a stored chain entry by entry: the rules of `checkChain`, with the hashing of this runtime, which is thirty times as quick. */
export class ChainCheck {
  head: Head | null = null;
  /** The first entry at which the chain is not whole. */
  brokenAt: number | null = null;

  take({ entry, body }: LedgerRecord): Head {
    const expectedSeq = this.head === null ? 0 : this.head.seq + 1;
    const expectedPrevious = this.head?.hash ?? GENESIS_HASH;
    if (entry.seq !== expectedSeq) this.#break(expectedSeq);
    else if (entry.previous !== expectedPrevious) this.#break(entry.seq);
    else if (body !== null && hashOf(body) !== entry.bodyHash) this.#break(entry.seq);
    // After a break the rest is measured by itself: the first wrong entry is the one to tell.
    this.head = { seq: entry.seq, hash: hashOf(entry) };
    return this.head;
  }

  /** Whether the chain ends where the server noted that it does. */
  end({ seq, hash }: { readonly seq: Head['seq'] | null; readonly hash: Head['hash'] | null }): void {
    if ((this.head?.seq ?? null) !== seq) this.#break((this.head?.seq ?? -1) + 1);
    else if (this.head !== null && this.head.hash !== hash) this.#break(this.head.seq);
  }

  #break(seq: number): void {
    this.brokenAt ??= seq;
  }
}

function hashOf(value: object) {
  return hashText(canonicalJson(value as Json));
}
