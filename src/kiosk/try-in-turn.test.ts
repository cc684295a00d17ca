import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeTurns } from './try-in-turn.ts';

const PAUSE_MS = 10_000;
type Result = 'open' | 'failed' | 'code-needed';

/** Attempts that end when the test says so. */
let attempts: PromiseWithResolvers<Result>[];
let heard: Result[];
let tryInTurn: ReturnType<typeof takeTurns<Result>>;

/** Begins turns, of which an attempt is under way at once where nothing else is. */
async function begin(): Promise<() => void> {
  const callOff = tryInTurn({
    attempt: () => {
      const attempt = Promise.withResolvers<Result>();
      attempts.push(attempt);
      return attempt.promise;
    },
    whenThrown: 'failed',
    pauseAfter: (result) => (result === 'open' ? null : PAUSE_MS),
    onResult: (result) => heard.push(result),
  });
  await vi.advanceTimersByTimeAsync(0);
  return callOff;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('reportError', vi.fn());
  attempts = [];
  heard = [];
  tryInTurn = takeTurns();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('attempts in turn', () => {
  it('wait for the one before, however long it takes, and then for the whole pause', async () => {
    await begin();
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
    await begin();
    attempts[0]?.resolve('open');
    await vi.advanceTimersByTimeAsync(2 * PAUSE_MS);
    expect(attempts).toHaveLength(1);
  });

  it('go on after one in which something was thrown, as after any that failed, and the fault is told', async () => {
    await begin();
    const fault = new Error('nobody thought of this');
    attempts[0]?.reject(fault);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(heard).toEqual(['failed']);
    expect(reportError).toHaveBeenCalledWith(fault);
    expect(attempts).toHaveLength(2);
  });

  it('tell nothing and begin nothing once they are called off', async () => {
    const callOff = await begin();
    callOff();
    attempts[0]?.resolve('failed');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(heard).toEqual([]);
    expect(attempts).toHaveLength(1);

    const callOffInPause = await begin();
    attempts[1]?.resolve('failed');
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    callOffInPause();
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(attempts).toHaveLength(2);
  });

  it('that begin while another is under way wait for its end, so that there are never two at once', async () => {
    const callOff = await begin();
    callOff();
    await begin();
    expect(attempts).toHaveLength(1);
    attempts[0]?.resolve('code-needed');
    await vi.advanceTimersByTimeAsync(0);
    expect(attempts).toHaveLength(2);
    attempts[1]?.resolve('open');
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(['open']);
  });

  it('that begin while another is under way take what it opens over, and open nothing beside it', async () => {
    const callOff = await begin();
    callOff();
    const callOffNext = await begin();
    callOffNext();
    await begin();
    attempts[0]?.resolve('open');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(heard).toEqual(['open']);
    expect(attempts).toHaveLength(1);
  });

  it('that begin after another was called off and opened all the same take that over too', async () => {
    const callOff = await begin();
    callOff();
    attempts[0]?.resolve('open');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(heard).toEqual([]);
    await begin();
    expect(heard).toEqual(['open']);
    expect(attempts).toHaveLength(1);
  });
});
