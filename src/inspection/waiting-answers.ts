import { DAY_MS, type ReceiptId } from '#values';
import type { Moment } from './moment.ts';

/**
 * A tablet keeps the link between a receipt and its answer for as long as this at least, whatever the settings: until the day is over on which it
 * counted. Who takes a yes back meanwhile takes the answer with it.
 */
const SURELY_LINKED_MS = DAY_MS;

/** How many ages and genders a kiosk can have had to let go, as its entries so far tell. */
export class WaitingAnswers {
  /** Whose link cannot have been cut yet, the oldest first. */
  readonly #linked = new Map<ReceiptId, Moment>();
  #given = 0;
  #released = 0;

  /** How many may still wait, all withdrawals taken off that surely found their answer: those after a release are taken off the next. */
  get waiting(): number {
    return this.#given - this.#released;
  }

  /** An answer of which nothing more is known. */
  add(): void {
    this.#given += 1;
  }

  addOf(id: ReceiptId, at: Moment): void {
    this.#forgetBefore(at);
    this.#linked.set(id, at);
    this.#given += 1;
  }

  takeBack(id: ReceiptId, at: Moment): void {
    this.#forgetBefore(at);
    if (this.#linked.delete(id)) this.#given -= 1;
  }

  release(people: number): void {
    this.#released += people;
  }

  /** Across a setting of the clock nobody knows how much time has gone by, and what the tablet took for the time meanwhile. */
  #forgetBefore(now: Moment): void {
    for (const [id, at] of this.#linked) {
      const isLinked = at.clock.settings === now.clock.settings && now.time - at.time < SURELY_LINKED_MS;
      if (isLinked) return;
      this.#linked.delete(id);
    }
  }
}
