import type { ReceiptId } from '#values';
import type { Moment } from './moment.ts';

/** What is known of a receipt, a bit each, so that a kiosk's year of visits takes little room. */
const GIVES_DEMOGRAPHICS = 1;
export const LOOKED_FOR = 2;
export const COUNTED = 4;
export const WITHDRAWN = 8;
/** A body that told of it has been pruned: its own entry's, or that of its contribution. */
export const IN_PRUNED_PART = 16;
/** Its own entry has its body. */
export const ISSUED_WHOLE = 32;

/** A first look and one retry. */
const LOOKS_OF_A_RECEIPT = 2;

/** The receipts of one kiosk, as the entries so far tell of them. */
export class ReceiptBook {
  readonly #facts = new Map<ReceiptId, number>();
  /** When a receipt was given that no look has been opened for yet. */
  readonly #waiting = new Map<ReceiptId, Moment>();
  /** Pruned receipts that no later entry has named yet. */
  #unnamed = 0;
  #pruned = 0;
  #prunedLooks = 0;

  /** False where there is one with this id already. */
  issue(id: ReceiptId, givesDemographics: boolean, at: Moment): boolean {
    if (this.#facts.has(id)) return false;
    this.#facts.set(id, ISSUED_WHOLE | (givesDemographics ? GIVES_DEMOGRAPHICS : 0));
    this.#waiting.set(id, at);
    return true;
  }

  /** A receipt whose id is not known any more. */
  issuePruned(): void {
    this.#unnamed += 1;
    this.#pruned += 1;
  }

  /** Notes a look of which nothing is known. False where there are more of them than pruned receipts allow. */
  lookPruned(): boolean {
    this.#prunedLooks += 1;
    return this.#prunedLooks <= LOOKS_OF_A_RECEIPT * this.#pruned;
  }

  /** Whether an entry may name this receipt: it is known, or it can be one of those that were pruned. */
  knows(id: ReceiptId): boolean {
    if (this.#facts.has(id)) return true;
    if (this.#unnamed === 0) return false;
    this.#unnamed -= 1;
    this.#facts.set(id, IN_PRUNED_PART);
    return true;
  }

  is(id: ReceiptId, fact: number): boolean {
    return ((this.#facts.get(id) ?? 0) & fact) !== 0;
  }

  /** Whether it gives age and gender, as far as anybody can say: one whose own body was pruned may have. */
  mayGiveDemographics(id: ReceiptId): boolean {
    return !this.is(id, ISSUED_WHOLE) || this.is(id, GIVES_DEMOGRAPHICS);
  }

  note(id: ReceiptId, fact: number): void {
    this.#facts.set(id, (this.#facts.get(id) ?? 0) | fact);
    if (fact === LOOKED_FOR) this.#waiting.delete(id);
  }

  /** When it was given, or null where that is not known or a look has been opened for it. */
  waitingSince(id: ReceiptId): Moment | null {
    return this.#waiting.get(id) ?? null;
  }
}
