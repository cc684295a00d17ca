interface Turns<Result> {
  readonly attempt: () => Promise<Result>;
  /** What an attempt comes to in which something was thrown that nobody expected. */
  readonly whenThrown: Result;
  /** Milliseconds from the end of an attempt to the next; null where another would be of no use. */
  readonly pauseAfter: (result: Result) => number | null;
  readonly onResult: (result: Result) => void;
}

/** Tries until it is of no use to try again, and never twice at once. Gives what calls it off. */
export function tryInTurn<Result>(turns: Turns<Result>): () => void {
  let isCalledOff = false;
  let pause: ReturnType<typeof setTimeout> | undefined;

  async function tryOnce(): Promise<void> {
    const result = await turns.attempt().catch((error: unknown) => {
      reportError(error);
      return turns.whenThrown;
    });
    if (isCalledOff) return;
    turns.onResult(result);
    const pauseMs = turns.pauseAfter(result);
    if (pauseMs !== null) pause = setTimeout(() => void tryOnce(), pauseMs);
  }

  void tryOnce();
  return () => {
    isCalledOff = true;
    clearTimeout(pause);
  };
}
