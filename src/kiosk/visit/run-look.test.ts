import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { grantAfterCommit } from '#consent';
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
    return { ok: true, faces: [{ estimate: null }] };
  },
  wipe: async () => {
    happened.push('wiped');
    return { ok: true };
  },
} as unknown as Vision;

/** A camera that opens when the test says so, on a page that has what it takes to read frames from it. */
function plugInCamera(): void {
  const track = Object.assign(new EventTarget(), { stop: () => happened.push('camera closed') });
  const stream = { getTracks: () => [track] };
  const opening = new Promise((resolve) => {
    openTheCamera = () => {
      happened.push('camera opened');
      resolve(stream);
    };
  });
  const getUserMedia = () => {
    happened.push('camera asked for');
    return opening;
  };
  const video = Object.assign(new EventTarget(), {
    videoWidth: 1280,
    videoHeight: 720,
    play: async () => undefined,
    pause: () => undefined,
    requestVideoFrameCallback: (callback: () => void) => setTimeout(callback, 0),
    cancelVideoFrameCallback: (id: ReturnType<typeof setTimeout>) => clearTimeout(id),
  });
  const page = new EventTarget();
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  vi.stubGlobal('document', { createElement: () => video });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('createImageBitmap', async () => ({ close: () => undefined }));
}

async function look(signal: AbortSignal) {
  const receipts = [{ id: receiptId, purposes: ['count'] as const }];
  const granted = await grantAfterCommit(async () => ({ ok: true, receipts }), {
    now,
    elapsed: () => performance.now(),
  });
  if (!granted.ok) throw new Error('the commit succeeded');
  const onCamera = () => happened.push('shown');
  return runLook(granted.grant, { tablet, vision, signal, onCamera });
}

beforeEach(() => {
  happened = [];
  report = null;
  isLookLost = false;
  plugInCamera();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a look', () => {
  it('is in the ledger before the camera opens, and closes and wipes before it says what it counted', async () => {
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
      'wiped',
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
    expect(happened.slice(2)).toEqual(['camera opened', 'camera closed', 'wiped', 'look closed']);
    expect(report).toMatchObject({ ending: 'stopped', framesSeen: 0, headcount: 0 });
  });
});
