import { DAY_MS, type Elapsed, type Instant, instant, SECOND_MS } from '#values';

/** How this tablet's clock stands to the server's. Uncertainty is null where the two have not been compared since the page began or the clock was turned. */
export interface ClockReading {
  readonly offsetMs: number;
  readonly uncertaintyMs: number | null;
}

/** A smaller difference is the network's doing and not worth an entry. */
export const CLOCK_CHANGE_MS = 2 * SECOND_MS;

/** How fast a tablet's quartz and the time part at worst: 100 parts in a million, five times what makers of such quartzes promise at room temperature. */
const DRIFT = 100 / 1_000_000;

/**
 * A clock may be off by this and still be believed: as long as a tablet is mostly switched off or asleep when nobody compares, over a long
 * weekend. A clock that stands in another month or year is not.
 */
export const LONGEST_UNWATCHED_MS = 4 * DAY_MS;

/** What a start knows of the clock: by how much the last comparison corrected it, and when it was last believed. */
export interface ClockStart {
  readonly offsetMs: number;
  readonly believedAt: Instant | null;
}

export interface CorrectedClock {
  readonly now: () => Instant;
  /**
   * The time, where something may be deleted by it for good: it was compared with a server that deletes by its own, or it has gone on as it should since it was last
   * believed. Null where it leapt, until it is compared again or put right.
   */
  readonly believed: () => Instant | null;
  /** Less sure the longer ago it was compared. */
  readonly reading: () => ClockReading;
  /** Takes a comparison with the server over. Where the server has reason to doubt its own clock, what is believed stays what it was. */
  readonly set: (reading: ClockReading, isServerSure?: boolean) => void;
}

/** The tablet's clock, corrected by the offset that the last answer of the server showed. `elapsed` only runs forward, and may stand still while the tablet sleeps. */
export function correctedClock(
  start: ClockStart,
  deviceNow: () => number = Date.now,
  elapsed: Elapsed = () => performance.now(),
): CorrectedClock {
  let current: ClockReading = { offsetMs: start.offsetMs, uncertaintyMs: null };
  const lead = (): number => deviceNow() - elapsed();
  let compared = { lead: lead(), elapsed: elapsed() };
  let lastBelieved = start.believedAt === null ? null : { time: start.believedAt, elapsed: elapsed() };
  const now = (): Instant => instant(deviceNow() + current.offsetMs);
  return {
    now,
    believed: () => {
      if (lastBelieved === null) return null;
      const seen = { time: now(), elapsed: elapsed() };
      const shouldBe = lastBelieved.time + seen.elapsed - lastBelieved.elapsed;
      if (Math.abs(seen.time - shouldBe) > LONGEST_UNWATCHED_MS) return null;
      lastBelieved = seen;
      return seen.time;
    },
    reading: () => {
      const { offsetMs, uncertaintyMs } = current;
      const slippedMs = Math.abs(lead() - compared.lead);
      if (uncertaintyMs === null || slippedMs > CLOCK_CHANGE_MS) return { offsetMs, uncertaintyMs: null };
      const driftedMs = (elapsed() - compared.elapsed) * DRIFT;
      return { offsetMs, uncertaintyMs: uncertaintyMs + Math.ceil(slippedMs + driftedMs) };
    },
    set: (reading, isServerSure = true) => {
      current = reading;
      compared = { lead: lead(), elapsed: elapsed() };
      if (isServerSure) lastBelieved = { time: now(), elapsed: elapsed() };
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

/**
 * Begins a comparison when a request is sent; the answer's time ends it. The tablet's clock may be turned or sleep meanwhile, so the
 * longer of what it and a clock that only runs forward say is taken, counted back from the clock as it is when the answer comes.
 */
export function beginComparison(
  deviceNow: () => number = Date.now,
  elapsed: () => number = () => performance.now(),
): (serverTime: Instant) => ClockReading {
  const sentAt = deviceNow();
  const elapsedBefore = elapsed();
  return (serverTime) => {
    const receivedAt = deviceNow();
    const tookMs = Math.max(receivedAt - sentAt, elapsed() - elapsedBefore);
    return compareClocks(receivedAt - tookMs, receivedAt, serverTime);
  };
}

/**
 * What to make of a new comparison. A clock that was changed takes the new offset over and says so in the ledger. One that agrees keeps
 * its offset, so that time never steps for a slow network or a start, but owns up to what the comparison leaves open.
 */
export function afterComparison(
  before: ClockReading,
  reading: ClockReading,
): { readonly reading: ClockReading; readonly hasMoved: boolean } {
  const uncertaintyMs = reading.uncertaintyMs ?? 0;
  const differenceMs = Math.abs(reading.offsetMs - before.offsetMs);
  if (differenceMs > CLOCK_CHANGE_MS + uncertaintyMs) return { reading, hasMoved: true };
  return {
    reading: { offsetMs: before.offsetMs, uncertaintyMs: differenceMs + uncertaintyMs },
    hasMoved: false,
  };
}
