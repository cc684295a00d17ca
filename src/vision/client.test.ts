import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startVision } from './client.ts';
import type {
  Backend,
  Kit,
  Numbered,
  Prefer,
  VisionAnswer,
  VisionReport,
  VisionRequest,
} from './messages.ts';

const report: VisionReport = {
  backend: 'wasm',
  reason: 'chosen-by-setting',
  renderer: 'a chip',
  frameMs: { webgl: null, wasm: null },
};
const kit: Kit = { weights: new Map(), wasm: null, renderer: 'a chip' };
const nobody = new AbortController().signal;

/** A worker that answers at once, unless the test says that it hangs or breaks. */
class FakeWorker {
  static started: FakeWorker[] = [];
  static answer: (request: VisionRequest) => VisionAnswer | 'breaks' | 'hangs';
  onmessage: (event: { data: Numbered<VisionAnswer> }) => void = () => undefined;
  onerror: () => void = () => undefined;
  isEnded = false;
  readonly asked: VisionRequest['kind'][] = [];

  constructor() {
    FakeWorker.started.push(this);
  }
  postMessage({ id, message }: Numbered<VisionRequest>): void {
    this.asked.push(message.kind);
    const answer = FakeWorker.answer(message);
    if (answer === 'hangs') return;
    queueMicrotask(() => {
      if (this.isEnded) return;
      if (answer === 'breaks') this.onerror();
      else this.onmessage({ data: { id, message: answer } });
    });
  }
  terminate(): void {
    this.isEnded = true;
  }
}

const works = ({ kind }: VisionRequest): VisionAnswer =>
  kind === 'warm-up'
    ? { kind: 'warm', frameMs: null, kit }
    : { kind: 'inspected', faces: [], isFallback: false };
const ends = () => FakeWorker.started.map(({ isEnded }) => isEnded);
const frame = () => ({ close: vi.fn() }) as unknown as ImageBitmap;
let told: (VisionReport | null)[];
const start = (prefer: Prefer = 'wasm') => startVision({ prefer, onReport: (heard) => told.push(heard) });

beforeEach(() => {
  told = [];
  FakeWorker.started = [];
  FakeWorker.answer = works;
  vi.stubGlobal('Worker', FakeWorker);
  vi.restoreAllMocks();
});

describe('the worker that counts', () => {
  it('is gone with its look, and a fresh one is warm for the next', async () => {
    const vision = start();
    await vision.warmUp();
    await vision.inspect(frame(), { demographicsOf: 1, atMs: 0 }, nobody);
    expect(ends()).toEqual([false]);
    vision.endLook();
    expect(ends()).toEqual([true, false]);
    await vision.warmUp();
    expect(FakeWorker.started[1]?.asked).toEqual(['warm-up']);
    await vision.inspect(frame(), { demographicsOf: 1, atMs: 0 }, nobody);
    expect(ends()).toEqual([true, false]);
  });

  it('stays where a look ended before it saw anything', async () => {
    const vision = start();
    await vision.warmUp();
    vision.endLook();
    expect(ends()).toEqual([false]);
  });

  it('is ended at once by "Stop", whatever it is at', async () => {
    FakeWorker.answer = (request) => (request.kind === 'inspect' ? 'hangs' : works(request));
    const vision = start();
    await vision.warmUp();
    const stopper = new AbortController();
    const inspected = vision.inspect(frame(), { demographicsOf: 0, atMs: 0 }, stopper.signal);
    await vi.waitFor(() => expect(FakeWorker.started[0]?.asked).toContain('inspect'));
    stopper.abort();
    expect(await inspected).toEqual({ ok: false, reason: 'aborted' });
    expect(ends()).toEqual([true]);
  });

  it('is ended where it does not answer in time, and the look has failed', async () => {
    FakeWorker.answer = (request) => (request.kind === 'inspect' ? 'hangs' : works(request));
    const vision = start();
    await vision.warmUp();
    const timer = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(timer.signal);
    const inspected = vision.inspect(frame(), { demographicsOf: 0, atMs: 0 }, nobody);
    await vi.waitFor(() => expect(FakeWorker.started[0]?.asked).toContain('inspect'));
    timer.abort();
    expect(await inspected).toEqual({ ok: false, reason: 'vision-unavailable' });
    expect(ends()).toEqual([true]);
  });

  it('is ended where it never gets warm, and the next visitor has another', async () => {
    FakeWorker.answer = () => 'hangs';
    const timer = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(timer.signal);
    const vision = start();
    const warmed = vision.warmUp();
    timer.abort();
    expect(await warmed).toEqual({ ok: false, reason: 'vision-unavailable' });
    FakeWorker.answer = works;
    expect(await vision.warmUp()).toEqual({ ok: true });
    expect(ends()).toEqual([true, false]);
    expect(told).toEqual([null, report]);
  });

  it('fails a look that it breaks in, and is replaced', async () => {
    FakeWorker.answer = (request) => (request.kind === 'inspect' ? 'breaks' : works(request));
    const vision = start();
    await vision.warmUp();
    expect(await vision.inspect(frame(), { demographicsOf: 0, atMs: 0 }, nobody)).toMatchObject({
      ok: false,
    });
    vision.endLook();
    expect(ends()).toEqual([true, false]);
  });

  it('closes a frame that could not be handed over', async () => {
    FakeWorker.answer = ({ kind }) => {
      if (kind === 'inspect') throw new DOMException('It cannot be cloned.', 'DataCloneError');
      return { kind: 'warm', frameMs: null, kit };
    };
    const vision = start();
    const unwanted = frame();
    await expect(vision.inspect(unwanted, { demographicsOf: 0, atMs: 0 }, nobody)).rejects.toThrow();
    expect(unwanted.close).toHaveBeenCalled();
  });

  it('is told of once, and again when another backend counts', async () => {
    const vision = start();
    await vision.warmUp();
    await vision.inspect(frame(), { demographicsOf: 0, atMs: 0 }, nobody);
    vision.endLook();
    await vision.warmUp();
    expect(told).toEqual([report]);
    const lost = { ...report, reason: 'context-lost' } as const;
    FakeWorker.answer = () => ({ kind: 'inspected', faces: [], isFallback: true });
    await vision.inspect(frame(), { demographicsOf: 0, atMs: 0 }, nobody);
    expect(told).toEqual([report, lost]);
  });
});

/** Workers that each take their time for a frame; one whose backend has none never starts. */
function takingMs(frameMs: Partial<Record<Backend, number>>): typeof FakeWorker.answer {
  return (request) => {
    if (request.kind === 'inspect') return { kind: 'inspected', faces: [], isFallback: false };
    const took = frameMs[request.backend];
    return took === undefined
      ? { kind: 'failed' }
      : { kind: 'warm', frameMs: request.isTimed ? took : null, kit };
  };
}
const reasons = () => told.map((heard) => heard?.reason);
const lastTold = (reason: VisionReport['reason']) =>
  vi.waitFor(() => expect(told.at(-1)?.reason).toBe(reason));

describe('without a setting, what counts', () => {
  it('is WASM at once, and WebGL as soon as it has been timed and is faster', async () => {
    FakeWorker.answer = takingMs({ wasm: 40, webgl: 12 });
    const vision = start('auto');
    await vision.warmUp();
    await lastTold('webgl-faster');
    expect(told).toEqual([
      { backend: 'wasm', reason: 'not-timed-yet', renderer: 'a chip', frameMs: { wasm: 40, webgl: null } },
      { backend: 'webgl', reason: 'webgl-faster', renderer: 'a chip', frameMs: { wasm: 40, webgl: 12 } },
    ]);
    expect(ends()).toEqual([true, false]);
    await vision.inspect(frame(), { demographicsOf: 0, atMs: 0 }, nobody);
    expect(FakeWorker.started[1]?.asked).toEqual(['warm-up', 'inspect']);
  });

  it('stays WASM where WebGL is slower, and is not timed again', async () => {
    FakeWorker.answer = takingMs({ wasm: 40, webgl: 400 });
    const vision = start('auto');
    await vision.warmUp();
    await lastTold('wasm-faster');
    expect(ends()).toEqual([false, true]);
    await vision.inspect(frame(), { demographicsOf: 0, atMs: 0 }, nobody);
    vision.endLook();
    await vision.warmUp();
    expect(FakeWorker.started).toHaveLength(3);
    expect(reasons()).toEqual(['not-timed-yet', 'wasm-faster']);
  });

  it('stays WASM where there is no WebGL, and where it does not get ready', async () => {
    FakeWorker.answer = takingMs({ wasm: 40 });
    await start('auto').warmUp();
    await lastTold('no-webgl');
    FakeWorker.answer = (request) =>
      request.kind === 'warm-up' && request.backend === 'webgl' ? 'breaks' : takingMs({ wasm: 40 })(request);
    await start('auto').warmUp();
    await lastTold('webgl-too-slow');
    expect(ends()).toEqual([false, true, false, true]);
  });

  it('is not timed while somebody is looked at, but after that', async () => {
    FakeWorker.answer = (request) =>
      request.kind === 'warm-up' && request.backend === 'webgl' ? 'hangs' : takingMs({ wasm: 40 })(request);
    const vision = start('auto');
    await vision.warmUp();
    await vision.inspect(frame(), { demographicsOf: 0, atMs: 0 }, nobody);
    expect(ends()).toEqual([false, true]);
    FakeWorker.answer = takingMs({ wasm: 40, webgl: 12 });
    vision.endLook();
    await lastTold('webgl-faster');
  });

  it('is WebGL where WASM does not start, and nothing where neither does', async () => {
    FakeWorker.answer = takingMs({ webgl: 12 });
    expect(await start('auto').warmUp()).toEqual({ ok: true });
    expect(told.at(-1)).toMatchObject({ backend: 'webgl', reason: 'no-wasm' });
    FakeWorker.answer = takingMs({});
    expect(await start('auto').warmUp()).toMatchObject({ ok: false });
    expect(told.at(-1)).toBeNull();
  });
});
