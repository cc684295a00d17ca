import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startVision } from './client.ts';
import type { Numbered, VisionAnswer, VisionReport, VisionRequest } from './messages.ts';

const report: VisionReport = { backend: 'wasm', reason: 'no-webgl', renderer: 'none' };
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
  kind === 'warm-up' ? { kind: 'warm', report } : { kind: 'inspected', faces: [], report };
const ends = () => FakeWorker.started.map(({ isEnded }) => isEnded);
const frame = () => ({ close: vi.fn() }) as unknown as ImageBitmap;
let told: (VisionReport | null)[];
const start = () => startVision({ prefer: 'auto', onReport: (heard) => told.push(heard) });

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
    expect(await vision.warmUp()).toEqual({ ok: true, report });
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
      return { kind: 'warm', report };
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
    FakeWorker.answer = () => ({ kind: 'inspected', faces: [], report: lost });
    await vision.inspect(frame(), { demographicsOf: 0, atMs: 0 }, nobody);
    expect(told).toEqual([report, lost]);
  });
});
