import { expect, it, onTestFinished, vi } from 'vitest';
import type { Today } from '#protocol';
import type { Sha256, ShopId } from '#values';
import { type LiveStream, liveHub } from './live-hub.ts';

const shopId = 'quay' as ShopId;
/** As long as changes are gathered. */
const GATHER_MS = 100;

it('goes on telling a screen that opened just after the last one before it was closed', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const reads: PromiseWithResolvers<Today>[] = [];
  const hub = liveHub(() => {
    const read = Promise.withResolvers<Today>();
    reads.push(read);
    return read.promise;
  });
  onTestFinished(() => hub.close());
  const screen = () => {
    const send = vi.fn();
    const stream: LiveStream = {
      sessionHash: 'a' as Sha256,
      send,
      mayStay: async () => true,
      end: () => undefined,
    };
    return { send, remove: hub.add(shopId, stream) };
  };
  const readAll = async () => {
    for (const read of reads.splice(0)) read.resolve({} as Today);
    await vi.advanceTimersByTimeAsync(0);
  };

  const first = screen();
  await readAll();
  hub.changed(shopId);
  await vi.advanceTimersByTimeAsync(GATHER_MS / 2);
  const second = screen();
  await readAll();
  hub.changed(shopId);
  first.remove?.();
  second.remove?.();
  // The first change is told now, to nobody; the second half a moment later, when somebody is there again.
  await vi.advanceTimersByTimeAsync(GATHER_MS / 2);
  const third = screen();
  await readAll();
  await vi.advanceTimersByTimeAsync(GATHER_MS);
  await readAll();
  third.send.mockClear();
  hub.changed(shopId);
  await vi.advanceTimersByTimeAsync(GATHER_MS);
  await readAll();
  expect(third.send).toHaveBeenCalledTimes(1);
});
