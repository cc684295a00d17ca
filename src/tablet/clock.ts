import { type Instant, instant, SECOND_MS } from '#values';

/** How this tablet's clock stands to the server's. Uncertainty is null until the two have been compared. */
export interface ClockReading {
  readonly offsetMs: number;
  readonly uncertaintyMs: number | null;
}

/** A smaller difference is the network's doing and not worth an entry. */
export const CLOCK_CHANGE_MS = 2 * SECOND_MS;

export interface CorrectedClock {
  readonly now: () => Instant;
  readonly reading: () => ClockReading;
  readonly set: (reading: ClockReading) => void;
}

/** The tablet's clock, corrected by the offset that the last answer of the server showed. */
export function correctedClock(initial: ClockReading, deviceNow: () => number = Date.now): CorrectedClock {
  let current = initial;
  return {
    now: () => instant(deviceNow() + current.offsetMs),
    reading: () => current,
    set: (reading) => {
      current = reading;
    },
  };
}

/**
 * What one answer tells of the offset (Cristian's method): the server wrote its time somewhere between sending and receiving, so the
 * middle is the best guess and half the round trip is how wrong it may be.
 */
export function compareClocks(sentAt: number, receivedAt: number, serverTime: Instant): ClockReading {
  return {
    offsetMs: Math.round(serverTime - (sentAt + receivedAt) / 2),
    uncertaintyMs: Math.ceil(Math.max(0, receivedAt - sentAt) / 2) + 1,
  };
}
