import { MINUTE_MS, SECOND_MS } from '#values';
import { hasAnswered, type SendResult } from './send-ledger.ts';

/** Changes close together go in one request; still well within the second that the staff screen promises. */
const GATHER_MS = 50;
const REGULAR_MS = MINUTE_MS;
const FIRST_RETRY_MS = 2 * SECOND_MS;
const LONGEST_RETRY_MS = 5 * MINUTE_MS;

export interface SyncLoop {
  /** Something is new: send it soon. */
  readonly nudge: () => void;
  readonly stop: () => void;
}

/**
 * Runs `syncOnce` when nudged, and once a minute anyway. After a failure it waits, twice as long each time and with jitter (so that a
 * shop's tablets do not all come back at once), or as long as the server asked; a nudge meanwhile changes nothing but `online` does.
 */
export function startSyncLoop(
  syncOnce: () => Promise<SendResult>,
  random: () => number = Math.random,
): SyncLoop {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;
  let running = false;
  let nudged = false;
  let stopped = false;

  function schedule(delayMs: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void run(), delayMs);
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    nudged = false;
    const result = await syncOnce().catch(broken);
    running = false;
    if (stopped) return;
    if (result.ok) {
      failures = 0;
      schedule(nudged ? GATHER_MS : REGULAR_MS);
      return;
    }
    failures += 1;
    const asked = 'pauseMs' in result ? result.pauseMs : null;
    // Whatever is asked for, even no time at all, comes on top of the first delay, so that it neither hammers nor meets all the others.
    if (asked !== null) return schedule(asked + retryDelay(1, random()));
    const delayMs = retryDelay(failures, random());
    // Staff take a kiosk that reports more rarely for one that is off.
    schedule('reason' in result && hasAnswered(result) ? Math.min(delayMs, REGULAR_MS) : delayMs);
  }

  function nudge(): void {
    // Changes that come without end must not put their own sending off.
    const isDue = nudged;
    nudged = true;
    if (!running && failures === 0 && !isDue) schedule(GATHER_MS);
  }

  function online(): void {
    failures = 0;
    nudged = false;
    nudge();
  }

  addEventListener('online', online);
  schedule(0);
  return {
    nudge,
    stop: () => {
      stopped = true;
      removeEventListener('online', online);
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Storage that cannot be read, or a bug: shown where errors are shown, and tried again like any other failure. */
function broken(error: unknown): { readonly ok: false } {
  reportError(error);
  return { ok: false };
}

/** Between half and the whole of the doubled delay. `jitter` is 0 to 1. */
export function retryDelay(failures: number, jitter: number): number {
  const full = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
  return full / 2 + (full / 2) * jitter;
}
