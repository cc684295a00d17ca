export interface Turns<Result> {
  readonly attempt: () => Promise<Result>;
  /** What an attempt comes to in which something was thrown that nobody expected. */
  readonly whenThrown: Result;
  /** Milliseconds from the end of an attempt to the next; null where another would be of no use. */
  readonly pauseAfter: (result: Result) => number | null;
  readonly onResult: (result: Result) => void;
}

/** What an attempt came to, where nobody heard it because it was called off meanwhile. */
type Unheard<Result> = { readonly result: Result } | null;

/**
 * Gives what begins turns. Turns try until it is of no use to try again, and never twice at once: an attempt that is called off cannot be stopped, so
 * those that begin after it wait for its end, and take over what it came to where that leaves them nothing to do.
 */
export function takeTurns<Result>(): (turns: Turns<Result>) => () => void {
  let inFlight: Promise<Unheard<Result>> = Promise.resolve(null);

  /** Gives what calls the turns off. */
  return (turns) => {
    let isCalledOff = false;
    let pause: ReturnType<typeof setTimeout> | undefined;

    const attempt = (): Promise<Result> =>
      turns.attempt().catch((error: unknown) => {
        reportError(error);
        return turns.whenThrown;
      });

    async function takeTurn(before: Unheard<Result>): Promise<Unheard<Result>> {
      if (isCalledOff) return before;
      const isDone = before !== null && turns.pauseAfter(before.result) === null;
      const result = isDone ? before.result : await attempt();
      if (isCalledOff) return { result };
      turns.onResult(result);
      const pauseMs = turns.pauseAfter(result);
      if (pauseMs !== null) pause = setTimeout(tryNext, pauseMs);
      return null;
    }

    function tryNext(): void {
      inFlight = inFlight.then(takeTurn);
    }

    tryNext();
    return () => {
      isCalledOff = true;
      clearTimeout(pause);
    };
  };
}
