import type { Instant } from '#values';

/** How a kiosk's clock stands, as its entries so far tell. */
export interface ClockState {
  /** How often it was set. */
  readonly settings: number;
  /** By how much the kiosk corrects its own clock; null where no entry says so. */
  readonly offsetMs: number | null;
}

/** When an entry was written, and by what clock. */
export interface Moment {
  readonly time: Instant;
  readonly clock: ClockState;
}

/**
 * How much time may have passed between two entries. While the clock is left alone it is one number. Across a setting it is two: by the
 * corrected clock, if the kiosk's own clock was moved, and by the kiosk's own clock, if only the correction was. None where the correction
 * before was never written down: then it cannot be said.
 */
export function possibleDurations(from: Moment, to: Moment): readonly number[] {
  const corrected = to.time - from.time;
  if (from.clock.settings === to.clock.settings) return [corrected];
  if (from.clock.offsetMs === null || to.clock.offsetMs === null) return [];
  return [corrected, corrected - (to.clock.offsetMs - from.clock.offsetMs)];
}
