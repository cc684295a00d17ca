import type { Sha256 } from '#values';

const WORDS_IN_HASH = 8;
const DIGITS_IN_WORD = 8;
const HASHES_IN_BLOCK = 4_096;

/** The hashes of a ledger's entries, 32 bytes each: a checkpoint at the ledger's end may name any of them. */
export class HashList {
  readonly #blocks: Uint32Array[] = [];
  #length = 0;

  push(hash: Sha256): void {
    const first = (this.#length % HASHES_IN_BLOCK) * WORDS_IN_HASH;
    if (first === 0) this.#blocks.push(new Uint32Array(HASHES_IN_BLOCK * WORDS_IN_HASH));
    const block = this.#blocks.at(-1);
    this.#length += 1;
    for (let at = 0; block !== undefined && at < WORDS_IN_HASH; at += 1) {
      block[first + at] = Number.parseInt(hash.slice(at * DIGITS_IN_WORD, (at + 1) * DIGITS_IN_WORD), 16);
    }
  }

  /** Null where there is none with this number. */
  at(index: number): Sha256 | null {
    if (!Number.isInteger(index) || index < 0 || index >= this.#length) return null;
    const first = (index % HASHES_IN_BLOCK) * WORDS_IN_HASH;
    const words = this.#blocks[Math.floor(index / HASHES_IN_BLOCK)]?.subarray(first, first + WORDS_IN_HASH);
    const digits = Array.from(words ?? [], (word) => word.toString(16).padStart(DIGITS_IN_WORD, '0'));
    return digits.join('') as Sha256;
  }
}
