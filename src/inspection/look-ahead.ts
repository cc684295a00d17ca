/** Gives the same items in the same order, and asks for up to `count` of them before they are wanted. */
export async function* lookAhead<Item>(items: AsyncGenerator<Item>, count: number): AsyncGenerator<Item> {
  const asked: Promise<IteratorResult<Item, unknown>>[] = [];
  try {
    for (;;) {
      while (asked.length < count) {
        const next = items.next();
        // Whoever takes it sees the failure; this keeps one that nobody takes any more from being reported.
        next.catch(() => undefined);
        asked.push(next);
      }
      const next = await asked.shift();
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    // Not waited for: a source that hangs must not keep back what was found in it.
    items.return(undefined).catch(() => undefined);
  }
}
