import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { reloadSoon } from './reload-soon.ts';

let happened: string[];

beforeEach(() => {
  happened = [];
  vi.useFakeTimers();
  vi.stubGlobal('location', { reload: () => happened.push('loaded anew') });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('lets the version in that may mend a kiosk which fails each time, before it is loaded anew', async () => {
  const waiting = Object.assign(new EventTarget(), {
    state: 'installed',
    postMessage: () => {
      happened.push('takes over');
      waiting.state = 'activated';
      queueMicrotask(() => waiting.dispatchEvent(new Event('statechange')));
    },
  });
  const registration = { active: {}, waiting, update: async () => void happened.push('looked for') };
  vi.stubGlobal('navigator', {
    serviceWorker: { getRegistration: async () => registration },
    locks: { request: async (_: string, __: object, granted: (lock: object) => unknown) => void granted({}) },
  });
  reloadSoon();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(happened).toEqual(['looked for', 'takes over', 'loaded anew']);
});

it('begins anew also where the browser knows of no versions', async () => {
  vi.stubGlobal('navigator', {});
  reloadSoon();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(happened).toEqual(['loaded anew']);
});
