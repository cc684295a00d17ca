import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepUpdated } from './service-worker.ts';

let newVersionComes: () => void;
let happened: string[];

vi.mock('virtual:pwa-register', () => ({
  registerSW: (options: { onNeedRefresh: () => void }) => {
    newVersionComes = options.onNeedRefresh;
    return async () => void happened.push('takes over');
  },
}));

beforeEach(() => {
  happened = [];
  vi.useFakeTimers();
  vi.stubGlobal('location', { reload: () => happened.push('loaded anew') });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a new version', () => {
  it('waits for the visit to end, then says that none may start before it takes over', () => {
    let isIdle = false;
    const updates = keepUpdated({ isIdle: () => isIdle, onApply: () => happened.push('no visit may start') });
    newVersionComes();
    expect(happened).toEqual([]);
    isIdle = true;
    updates.applyIfWaiting();
    updates.applyIfWaiting();
    expect(happened).toEqual(['no visit may start', 'takes over']);
  });

  it('that never takes over leaves no kiosk waiting for it', () => {
    keepUpdated({ isIdle: () => true, onApply: () => undefined });
    newVersionComes();
    vi.advanceTimersByTime(10_000);
    expect(happened).toEqual(['takes over', 'loaded anew']);
  });
});
