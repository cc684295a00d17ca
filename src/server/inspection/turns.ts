/** What waits for its turn at most, for each key: who asks again and again takes nobody else's turn. */
const MOST_WAITING = 4;

/** Lets works with one key run one after another, in the order in which they were asked for. */
export class Turns<Key> {
  readonly #last = new Map<Key, { readonly ended: Promise<unknown>; readonly waiting: number }>();

  /** What the work gives, or null where too many wait already. */
  async take<Result>(key: Key, work: () => Promise<Result>): Promise<Result | null> {
    const before = this.#last.get(key);
    if (before !== undefined && before.waiting >= MOST_WAITING) return null;
    const result = (before?.ended ?? Promise.resolve()).then(work);
    const turn = { ended: result.catch(() => undefined), waiting: (before?.waiting ?? 0) + 1 };
    this.#last.set(key, turn);
    try {
      return await result;
    } finally {
      const last = this.#last.get(key);
      if (last === turn) this.#last.delete(key);
      else if (last !== undefined) this.#last.set(key, { ...last, waiting: last.waiting - 1 });
    }
  }
}
