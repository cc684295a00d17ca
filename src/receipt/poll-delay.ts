import { MINUTE_MS, SECOND_MS } from '#values';

const FIRST_MS = 2 * SECOND_MS;
/** All phones on a shop's Wi-Fi share what the server allows one address in a minute. */
const LONGEST_MS = MINUTE_MS;

/** How long to wait before looking again: doubled each time, between half and the whole of it. `jitter` is 0 to 1. */
export function pollDelayMs(looks: number, jitter: number): number {
  const full = Math.min(FIRST_MS * 2 ** (looks - 1), LONGEST_MS);
  return full / 2 + (full / 2) * jitter;
}
