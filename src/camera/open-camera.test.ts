import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GRANT_LIFETIME_MS, type Grant, grantAfterCommit } from '#consent';
import { instant, type ReceiptId, SECOND_MS } from '#values';
import { WIDEST_PLACE } from './consent-window.ts';
import { openCamera } from './open-camera.ts';

const clock = { now: () => instant(Date.now()), elapsed: () => performance.now() };
let stop: ReturnType<typeof vi.fn>;
let giveStream: () => void;

async function grantNow(): Promise<Grant> {
  const receipts = [{ id: 'A'.repeat(22) as ReceiptId, purposes: ['count'] as const }];
  const granted = await grantAfterCommit(async () => ({ ok: true as const, receipts }), clock);
  return granted.ok ? granted.grant : expect.fail('It was committed.');
}

function open(grant: Grant, signal = new AbortController().signal) {
  return openCamera(grant, { now: clock.now, signal, place: WIDEST_PLACE, isAiming: false });
}

beforeEach(() => {
  vi.useFakeTimers();
  stop = vi.fn();
  const asked = Promise.withResolvers<unknown>();
  giveStream = () => asked.resolve({ getTracks: () => [{ stop }] });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => asked.promise } });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a camera that the browser does not give at once', () => {
  it('is waited for as long as the yes allows, and one that comes later is shut before anybody is seen', async () => {
    const grant = await grantNow();
    await vi.advanceTimersByTimeAsync(10 * SECOND_MS);
    const opening = open(grant);
    let outcome: unknown = null;
    void opening.then((said) => {
      outcome = said;
    });
    await vi.advanceTimersByTimeAsync(GRANT_LIFETIME_MS - 10 * SECOND_MS - 1);
    expect(outcome).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome).toEqual({ ok: false, reason: 'grant-expired' });
    expect(stop).not.toHaveBeenCalled();
    giveStream();
    await vi.advanceTimersByTimeAsync(0);
    expect(stop).toHaveBeenCalledOnce();
  });

  it('is waited for a moment after "Stop", and then as little', async () => {
    const stopper = new AbortController();
    const opening = open(await grantNow(), stopper.signal);
    stopper.abort();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(await opening).toEqual({ ok: false, reason: 'stopped' });
    giveStream();
    await vi.advanceTimersByTimeAsync(0);
    expect(stop).toHaveBeenCalledOnce();
  });
});
