import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '#values';
import type { SendResult } from './send-ledger.ts';
import { retryDelay, type SyncLoop, startSyncLoop } from './sync-loop.ts';

const fine: SendResult = { ok: true };
const unreachable: SendResult = { ok: false, reason: 'unreachable' };
const asksFor = (pauseMs: number): SendResult => ({ ok: false, reason: 'not-our-server', pauseMs });
/** More than changes are gathered for, less than any retry. */
const SOON_MS = 100;

const page = new EventTarget();
const errors: unknown[] = [];
let loop: SyncLoop | null = null;
let runs = 0;

/** Starts the loop with what each run comes to; the last result goes on. */
async function begin(...results: [SendResult, ...SendResult[]]): Promise<SyncLoop> {
  loop = startSyncLoop(
    async () => results[Math.min(runs++, results.length - 1)] ?? fine,
    () => 0.5,
  );
  await vi.advanceTimersByTimeAsync(0);
  return loop;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('reportError', (error: unknown) => errors.push(error));
  runs = 0;
  errors.length = 0;
});
afterEach(() => {
  loop?.stop();
  loop = null;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the delay before another try', () => {
  it('doubles from two seconds to five minutes, and is never under half of that', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, jitter) => {
          const full = Math.min(2 * SECOND_MS * 2 ** (failures - 1), 5 * MINUTE_MS);
          expect(retryDelay(failures, jitter)).toBeGreaterThanOrEqual(full / 2);
          expect(retryDelay(failures, jitter)).toBeLessThanOrEqual(full);
        },
      ),
    );
  });

  it('grows with every failure', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, jitter) => {
          expect(retryDelay(failures + 1, jitter)).toBeGreaterThanOrEqual(retryDelay(failures, jitter));
        },
      ),
    );
  });
});

describe('the sync loop', () => {
  it('runs at the start and then every minute', async () => {
    await begin(fine);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(runs).toBe(11);
  });

  it('sends a change at once, and many together', async () => {
    const { nudge } = await begin(fine);
    for (let change = 0; change < 20; change += 1) nudge();
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(runs).toBe(2);
  });

  it('sends also while changes come without end', async () => {
    const { nudge } = await begin(fine);
    for (let change = 0; change < 100; change += 1) {
      nudge();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(runs).toBeGreaterThan(10);
  });

  it('sends a change that came during a run right after it', async () => {
    let end = (_: SendResult) => {};
    loop = startSyncLoop(() => {
      runs += 1;
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    await vi.advanceTimersByTimeAsync(0);
    loop.nudge();
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(runs).toBe(1);
    end(fine);
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(runs).toBe(2);
  });

  it('never has two runs at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('nudge', 'online', 'wait', 'end', 'fail'), { maxLength: 40 }),
        async (steps) => {
          let atOnce = 0;
          let most = 0;
          let end = (_: SendResult) => {};
          const one = startSyncLoop(() => {
            atOnce += 1;
            most = Math.max(most, atOnce);
            return new Promise((resolve) => {
              end = (result) => {
                atOnce = 0;
                resolve(result);
              };
            });
          });
          for (const step of steps) {
            if (step === 'nudge') one.nudge();
            if (step === 'online') page.dispatchEvent(new Event('online'));
            if (step === 'end') end(fine);
            if (step === 'fail') end(unreachable);
            await vi.advanceTimersByTimeAsync(step === 'wait' ? MINUTE_MS : SOON_MS);
          }
          one.stop();
          expect(most).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('does not hammer a server that fails, however much there is to send', async () => {
    const { nudge } = await begin(unreachable);
    for (let second = 0; second < 600; second += 1) {
      nudge();
      await vi.advanceTimersByTimeAsync(SECOND_MS);
    }
    expect(runs).toBeLessThanOrEqual(10);
  });

  it.each([
    ['takes nothing', { ok: false, reason: 'no-longer-kept' }],
    ['loses every batch', { ok: false, reason: 'batch-lost' }],
  ] as const)(
    'calls a server that answers and %s often enough that staff see it is there',
    async (_, result) => {
      await begin(result);
      await vi.advanceTimersByTimeAsync(30 * MINUTE_MS);
      const before = runs;
      await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
      expect(runs - before).toBeGreaterThanOrEqual(3);
    },
  );

  it('waits as long as the server asks', async () => {
    await begin(asksFor(90 * SECOND_MS), fine);
    loop?.nudge();
    await vi.advanceTimersByTimeAsync(90 * SECOND_MS - 1);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(2 * SECOND_MS);
    expect(runs).toBe(2);
  });

  it('does not hammer a server that asks for no pause at all', async () => {
    await begin(asksFor(0));
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(runs).toBeLessThanOrEqual(61);
    expect(runs).toBeGreaterThan(20);
  });

  it('tries at once when the network is back', async () => {
    await begin(unreachable, unreachable, unreachable, unreachable, unreachable, unreachable, fine);
    await vi.advanceTimersByTimeAsync(40 * SECOND_MS);
    const before = runs;
    page.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(runs).toBe(before + 1);
  });

  it('goes on after a run that broke, and reports what broke', async () => {
    const fault = new DOMException('The database was closed.', 'InvalidStateError');
    loop = startSyncLoop(async () => {
      runs += 1;
      if (runs === 1) throw fault;
      return fine;
    });
    await vi.advanceTimersByTimeAsync(2 * SECOND_MS);
    expect(runs).toBe(2);
    expect(errors).toEqual([fault]);
  });

  it('is over when it is stopped, also in the middle of a run', async () => {
    let end = (_: SendResult) => {};
    loop = startSyncLoop(() => {
      runs += 1;
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    await vi.advanceTimersByTimeAsync(0);
    loop.stop();
    end(fine);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    page.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(runs).toBe(1);
  });
});
