import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GRANT_LIFETIME_MS, type Grant, grantAfterCommit } from '#consent';
import { instant, type ReceiptId, SECOND_MS } from '#values';
import { type ConsentWindow, consentWindowFor, WIDEST_PLACE } from './consent-window.ts';
import { type OpenCamera, openCamera } from './open-camera.ts';

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

describe('a tablet that is turned while the camera is on', () => {
  const upright = { videoWidth: 720, videoHeight: 1280 };
  /** A frame comes this often. */
  const FRAME_MS = 40;
  let video: EventTarget & { videoWidth: number; videoHeight: number };
  /** The windows by which frames were cut, in pixels. */
  let cuts: number[][];
  let told: ConsentWindow[];
  let camera: OpenCamera;

  beforeEach(async () => {
    cuts = [];
    told = [];
    video = Object.assign(new EventTarget(), {
      videoWidth: 1280,
      videoHeight: 720,
      play: async () => undefined,
      pause: () => undefined,
      requestVideoFrameCallback: (callback: () => void) => setTimeout(callback, FRAME_MS),
    });
    const page = new EventTarget();
    vi.stubGlobal('document', { createElement: () => video });
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    vi.stubGlobal('createImageBitmap', async (_: unknown, ...window: number[]) => {
      cuts.push(window.slice(0, 4));
      return { close: () => undefined };
    });
    const track = Object.assign(new EventTarget(), { stop });
    const getUserMedia = async () => ({ getTracks: () => [track] });
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    const opened = await open(await grantNow());
    if (!opened.ok) return expect.fail('The camera opened.');
    camera = opened.camera;
    camera.watchWindow((window) => told.push(window));
    await vi.advanceTimersByTimeAsync(0);
  });

  async function nextFrame() {
    const frame = camera.captureFrame();
    await vi.advanceTimersByTimeAsync(FRAME_MS);
    return (await frame) ?? expect.fail('The camera is on.');
  }
  const inPixels = ({ x, y, width, height }: ConsentWindow, across: number, down: number) => [
    Math.round(x * across),
    Math.round(y * down),
    Math.round(width * across),
    Math.round(height * down),
  ];

  it.each([
    ['says so', () => video.dispatchEvent(new Event('resize'))],
    ['says nothing of it', () => undefined],
  ])(
    'has its window drawn anew before a frame of the other shape is looked at, where the browser %s',
    async (_, event) => {
      const before = await nextFrame();
      Object.assign(video, upright);
      event();
      const coming = camera.captureFrame();
      await vi.advanceTimersByTimeAsync(1_000);
      // For a moment nothing is looked at: whoever turned it sees first what is in the frame now.
      expect(cuts).toHaveLength(1);
      expect(told).toEqual([
        consentWindowFor(1280, 720, WIDEST_PLACE),
        consentWindowFor(720, 1280, WIDEST_PLACE),
      ]);
      await vi.advanceTimersByTimeAsync(1_000);
      const after = (await coming) ?? expect.fail('The camera is on.');
      expect(cuts.at(-1)).toEqual(inPixels(consentWindowFor(720, 1280, WIDEST_PLACE), 720, 1280));
      // Where the window is stays, but a vote must not mix the two.
      expect(after.place).toEqual(before.place);
      expect(after.place).not.toBe(before.place);
      expect(camera.place()).toBe(after.place);
    },
  );

  it('takes no time to aim anew where it is put where it is already', async () => {
    await nextFrame();
    Object.assign(video, upright);
    video.dispatchEvent(new Event('resize'));
    const coming = camera.captureFrame();
    await vi.advanceTimersByTimeAsync(2_000);
    const { place } = (await coming) ?? expect.fail('The camera is on.');
    camera.placeWindow({ ...WIDEST_PLACE });
    expect((await nextFrame()).place).toBe(place);
    expect(told).toHaveLength(2);
  });
});
