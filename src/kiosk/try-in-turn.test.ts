import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tryInTurn } from './try-in-turn.ts';

const PAUSE_MS = 10_000;
type Result = 'open' | 'failed' | 'code-needed';

/** Attempts that end when the test says so. */
let attempts: PromiseWithResolvers<Result>[];
let heard: Result[];

function begin(): () => void {
  return tryInTurn<Result>({
    attempt: () => {
      const attempt = Promise.withResolvers<Result>();
      attempts.push(attempt);
      return attempt.promise;
    },
    whenThrown: 'failed',
    pauseAfter: (result) => (result === 'failed' ? PAUSE_MS : null),
    onResult: (result) => heard.push(result),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('reportError', vi.fn());
  attempts = [];
  heard = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('attempts in turn', () => {
  it('wait for the one before, however long it takes, and then for the whole pause', async () => {
    begin();
    attempts[0]?.resolve('failed');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(attempts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(5 * PAUSE_MS);
    expect(attempts).toHaveLength(2);
    attempts[1]?.resolve('failed');
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    expect(attempts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(attempts).toHaveLength(3);
    attempts[2]?.resolve('open');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(heard).toEqual(['failed', 'failed', 'open']);
    expect(attempts).toHaveLength(3);
  });

  it('end where another one would be of no use', async () => {
    begin();
    attempts[0]?.resolve('code-needed');
    await vi.advanceTimersByTimeAsync(2 * PAUSE_MS);
    expect(attempts).toHaveLength(1);
  });

  it('go on after one in which something was thrown, as after any that failed, and the fault is told', async () => {
    begin();
    const fault = new Error('nobody thought of this');
    attempts[0]?.reject(fault);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(heard).toEqual(['failed']);
    expect(reportError).toHaveBeenCalledWith(fault);
    expect(attempts).toHaveLength(2);
  });

  it('tell nothing and begin nothing once they are called off', async () => {
    const callOff = begin();
    callOff();
    attempts[0]?.resolve('failed');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(heard).toEqual([]);
    expect(attempts).toHaveLength(1);

    const callOffInPause = begin();
    attempts[1]?.resolve('failed');
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    callOffInPause();
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(attempts).toHaveLength(2);
  });
});
