import { MINUTE_MS, SECOND_MS } from '#values';

const FIRST_RETRY_MS = SECOND_MS;
const LONGEST_RETRY_MS = MINUTE_MS;

/**
 * How long to wait before the next try: twice as long after each failure, or as long as the server asked, and never the same on two
 * screens, so that they do not all come back at once. `jitter` is 0 to 1.
 */
export function retryDelay(failures: number, askedMs: number | null, jitter: number): number {
  if (askedMs !== null) return askedMs + FIRST_RETRY_MS * jitter;
  const full = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
  return full / 2 + (full / 2) * jitter;
}
