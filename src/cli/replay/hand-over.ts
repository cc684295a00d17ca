/** Hands items from one who makes them to one who takes them, so that whoever is quicker waits: memory stays as it is. */
export class HandOver<Item> implements AsyncIterable<Item> {
  readonly #most: number;
  readonly #items: Item[] = [];
  #isOver = false;
  #failure: unknown = null;
  #wakeTaker: (() => void) | null = null;
  #wakeGiver: (() => void) | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  async give(item: Item): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    this.#items.push(item);
    this.#wakeTaker?.();
    if (this.#items.length < this.#most) return;
    await new Promise<void>((resolve) => {
      this.#wakeGiver = resolve;
    });
    if (this.#failure !== null) throw this.#failure;
  }

  end(): void {
    this.#isOver = true;
    this.#wakeTaker?.();
  }

  /** The taker takes no more, as where a disk is full: whoever gives hears of it. */
  fail(error: unknown): void {
    this.#failure = error;
    this.#wakeGiver?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Item> {
    for (;;) {
      if (this.#items.length > 0) {
        yield* this.#items.splice(0);
        this.#wakeGiver?.();
        this.#wakeGiver = null;
      } else if (this.#isOver) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wakeTaker = resolve;
        });
      }
    }
  }
}
