import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { correctedClock } from './clock.ts';
import { makeIdentity } from './device-key.ts';
import { serverClient } from './server-client.ts';
import { tellStorageLost } from './tell-storage-lost.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('tells staff of storage that was taken away until the server itself has heard, and not what answers in its place', async () => {
  const answers = [
    () => Promise.reject(new TypeError('There is no network.')),
    async () => new Response('<h1>Welcome to Hotel Wi-Fi</h1>', { headers: { 'content-type': 'text/html' } }),
    async () => Response.json({}),
    async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
    async () => new Response(null, { status: 204 }),
  ];
  let asked = 0;
  vi.stubGlobal('fetch', () => {
    asked += 1;
    return answers[asked - 1]?.();
  });
  const clock = correctedClock({ offsetMs: 0, believedAt: null });
  const client = serverClient(await makeIdentity(), clock, () => undefined);
  let hasHeard = false;
  const telling = tellStorageLost(client, 'test', null).then(() => {
    hasHeard = true;
  });
  for (let answer = 1; answer < answers.length; answer += 1) {
    await vi.waitFor(() => expect([asked, vi.getTimerCount()]).toEqual([answer, 1]));
    expect(hasHeard).toBe(false);
    vi.runOnlyPendingTimers();
  }
  await telling;
  expect(asked).toBe(answers.length);
});
