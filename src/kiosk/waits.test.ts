import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isWaitSaid, onWaitChange, sayWhile } from './waits.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a wait', () => {
  it('of less than 300 ms is not said, so that nothing flickers', async () => {
    const work = Promise.withResolvers<string>();
    const said = sayWhile(work.promise);
    await vi.advanceTimersByTimeAsync(299);
    expect(isWaitSaid()).toBe(false);
    work.resolve('done');
    expect(await said).toBe('done');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(isWaitSaid()).toBe(false);
  });

  it('of more is said until it is over', async () => {
    const heard: boolean[] = [];
    const end = onWaitChange(() => heard.push(isWaitSaid()));
    const work = Promise.withResolvers<void>();
    const said = sayWhile(work.promise);
    await vi.advanceTimersByTimeAsync(300);
    expect(isWaitSaid()).toBe(true);
    work.resolve();
    await said;
    expect(heard).toEqual([true, false]);
    end();
  });

  it('that comes to nothing is over too', async () => {
    const work = Promise.withResolvers<void>();
    const said = expect(sayWhile(work.promise)).rejects.toThrow('no network');
    await vi.advanceTimersByTimeAsync(300);
    work.reject(new Error('no network'));
    await said;
    expect(isWaitSaid()).toBe(false);
  });

  it('is said as long as another one lasts', async () => {
    const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const both = [sayWhile(one.promise), sayWhile(other.promise)];
    await vi.advanceTimersByTimeAsync(300);
    one.resolve();
    await both[0];
    expect(isWaitSaid()).toBe(true);
    other.resolve();
    await both[1];
    expect(isWaitSaid()).toBe(false);
  });
});
