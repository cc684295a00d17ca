import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WIDEST_PLACE } from '#camera';
import { grantAfterCommit, MAX_LOOK_MS } from '#consent';
import type { LookReport, Tablet } from '#tablet';
import { instant, type LookId, type ReceiptId } from '#values';
import type { Vision } from '#vision';
import { runLook } from './run-look.ts';

const now = () => instant(1_764_000_000_000);
const receiptId = 'AAAAAAAAAAAAAAAAAAAAAA' as ReceiptId;

/** What happened, in order: entries of the ledger, what the camera did, and frames that somebody looked at. */
let happened: string[];
let openTheCamera: () => void;
let report: LookReport | null;
/** The ledger has closed the look already, as interrupted by another. */
let isLookLost: boolean;

const tablet = {
  now,
  openLook: async (receiptIds) => {
    happened.push('look opened');
    return { ok: true, look: { lookId: 'look' as LookId, receiptIds } };
  },
  closeLook: async (_, told) => {
    happened.push('look closed');
    report = told;
    return isLookLost ? { ok: false, reason: 'look-not-open' } : { ok: true };
  },
} as Partial<Tablet> as Tablet;

const vision = {
  inspect: async () => {
    happened.push('frame looked at');
    return { ok: true, faces: [{ stir: 9, estimate: null }] };
  },
  endLook: () => happened.push('worker ended'),
} as unknown as Vision;

/** A camera that opens when the test says so, on a page that has what it takes to read frames from it. */
function plugInCamera({ hasPicture = true } = {}): void {
  const track = Object.assign(new EventTarget(), { stop: () => happened.push('camera closed') });
  const stream = { getTracks: () => [track] };
  const opening = new Promise((resolve) => {
    openTheCamera = () => {
      happened.push('camera opened');
      resolve(stream);
    };
  });
  const playing = hasPicture ? Promise.resolve() : new Promise<void>(() => undefined);
  const getUserMedia = () => {
    happened.push('camera asked for');
    return opening;
  };
  const video = Object.assign(new EventTarget(), {
    videoWidth: 1280,
    videoHeight: 720,
    play: () => playing,
    pause: () => undefined,
    requestVideoFrameCallback: (callback: () => void) => setTimeout(callback, 0),
    cancelVideoFrameCallback: (id: ReturnType<typeof setTimeout>) => clearTimeout(id),
  });
  const page = new EventTarget();
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  vi.stubGlobal('document', { createElement: () => video });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('createImageBitmap', async () => ({ close: () => happened.push('frame closed') }));
}

async function look(signal: AbortSignal, seeing: Vision = vision) {
  const receipts = [{ id: receiptId, purposes: ['count'] as const }];
  const granted = await grantAfterCommit(async () => ({ ok: true, receipts }), {
    now,
    elapsed: () => performance.now(),
  });
  if (!granted.ok) throw new Error('the commit succeeded');
  const onCamera = () => happened.push('shown');
  return runLook(granted.grant, {
    tablet,
    vision: seeing,
    signal,
    onCamera,
    place: WIDEST_PLACE,
    isAiming: false,
  });
}

beforeEach(() => {
  happened = [];
  report = null;
  isLookLost = false;
  plugInCamera();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a look', () => {
  it('is in the ledger before the camera opens, and closes and ends the worker before it says what it counted', async () => {
    const looking = look(new AbortController().signal);
    await vi.waitFor(() => expect(happened).toContain('camera asked for'));
    openTheCamera();
    expect(await looking).toMatchObject({ ok: true, result: { ending: 'counted', headcount: 1 } });
    expect([...new Set(happened)]).toEqual([
      'look opened',
      'camera asked for',
      'camera opened',
      'shown',
      'frame looked at',
      'camera closed',
      'worker ended',
      'look closed',
    ]);
  });

  it('that the ledger has closed already tells the visitor of no count', async () => {
    isLookLost = true;
    const looking = look(new AbortController().signal);
    openTheCamera();
    expect(await looking).toEqual({
      ok: true,
      result: { ending: 'interrupted', headcount: 0, demographics: null },
    });
  });

  it('that is stopped before the camera opens asks for none', async () => {
    const stopper = new AbortController();
    stopper.abort();
    await look(stopper.signal);
    expect(happened).toEqual(['look opened', 'look closed']);
    expect(report).toMatchObject({ ending: 'stopped', openMs: 0, headcount: 0 });
  });

  it('that is stopped while the camera is opening closes it at once, with no frame looked at and nothing shown', async () => {
    const stopper = new AbortController();
    const looking = look(stopper.signal);
    await vi.waitFor(() => expect(happened).toContain('camera asked for'));
    stopper.abort();
    openTheCamera();
    await looking;
    expect(happened.slice(2)).toEqual(['camera opened', 'camera closed', 'worker ended', 'look closed']);
    expect(report).toMatchObject({ ending: 'stopped', framesSeen: 0, headcount: 0 });
  });

  it('that is stopped while a camera opens that never comes ends in a moment, and shuts one that comes after all', async () => {
    vi.useFakeTimers();
    const stopper = new AbortController();
    const looking = look(stopper.signal);
    await vi.advanceTimersByTimeAsync(5_000);
    stopper.abort();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await looking).toMatchObject({ result: { ending: 'stopped' } });
    expect(report).toMatchObject({ ending: 'stopped', openMs: 0 });
    openTheCamera();
    await vi.advanceTimersByTimeAsync(0);
    expect(happened.slice(-2)).toEqual(['camera opened', 'camera closed']);
  });

  describe('whose camera is on and gives no picture', () => {
    beforeEach(() => {
      vi.useFakeTimers();
      plugInCamera({ hasPicture: false });
    });

    it('says that it is on, and is stopped at once', async () => {
      const stopper = new AbortController();
      const looking = look(stopper.signal);
      openTheCamera();
      await vi.advanceTimersByTimeAsync(3_000);
      expect(happened.at(-1)).toBe('shown');
      stopper.abort();
      expect(happened.at(-1)).toBe('camera closed');
      await looking;
      expect(report).toMatchObject({ ending: 'stopped', openMs: 3_000, framesSeen: 0 });
    });

    it('ends with the time limit as a camera that failed, with every second that it was on', async () => {
      const looking = look(new AbortController().signal);
      await vi.advanceTimersByTimeAsync(400);
      openTheCamera();
      await vi.advanceTimersByTimeAsync(MAX_LOOK_MS);
      expect(await looking).toMatchObject({ result: { ending: 'camera-failed' } });
      expect(report).toMatchObject({ ending: 'camera-failed', openMs: MAX_LOOK_MS });
    });
  });

  it('of which a frame cannot be read closes the camera at once, as one that failed', async () => {
    vi.stubGlobal('createImageBitmap', async () => {
      throw new DOMException('The source image could not be allocated.', 'InvalidStateError');
    });
    const looking = look(new AbortController().signal);
    openTheCamera();
    expect(await looking).toMatchObject({ result: { ending: 'camera-failed', headcount: 0 } });
    expect(happened.slice(-3)).toEqual(['camera closed', 'worker ended', 'look closed']);
  });

  it('in which anything else is thrown closes the camera at once, and says that counting failed', async () => {
    const broken = {
      ...vision,
      inspect: async () => {
        throw new Error('nobody thought of this');
      },
    };
    const looking = look(new AbortController().signal, broken);
    openTheCamera();
    expect(await looking).toMatchObject({ result: { ending: 'vision-failed', headcount: 0 } });
    expect(happened.slice(-3)).toEqual(['camera closed', 'worker ended', 'look closed']);
  });

  it('that is stopped while a frame is being cut closes that frame too', async () => {
    const cutting = Promise.withResolvers<{ close: () => void }>();
    vi.stubGlobal('createImageBitmap', () => {
      happened.push('cutting');
      return cutting.promise;
    });
    const stopper = new AbortController();
    const looking = look(stopper.signal);
    openTheCamera();
    await vi.waitFor(() => expect(happened).toContain('cutting'));
    stopper.abort();
    expect(await looking).toMatchObject({ result: { ending: 'stopped' } });
    cutting.resolve({ close: () => happened.push('frame closed') });
    await vi.waitFor(() => expect(happened.at(-1)).toBe('frame closed'));
  });
});
