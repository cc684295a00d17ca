import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { openBenchPage, openEyes } from '../src/cli/bench/faces/eyes.ts';
import { FRAME_SIDE, frameWithFace } from '../src/cli/bench/faces/frames.ts';
import { photoPortraits } from '../src/cli/bench/faces/photos.ts';
import { MARKER } from './support/camera-feeds.ts';
import { expect, test } from './support/kiosk.ts';
import {
  countTextures,
  findMarker,
  keepDeletedTextures,
  kernelCalls,
  probeWorkers,
} from './support/worker-probe.ts';

/** The worker that saw the look lives on, with all that it holds: wiping is switched off. */
function keepWorkers(): void {
  Worker.prototype.terminate = () => undefined;
}

async function workersThere(page: Page, count: number) {
  await expect.poll(() => page.workers().length).toBe(count);
  const last = page.workers().at(-1);
  const first = page.workers()[0];
  if (first === undefined || last === undefined) throw new Error('There is none.');
  // Both backends call WASM hundreds of times to get warm.
  await expect
    .poll(async () => Object.values(await kernelCalls(last)).reduce((sum, calls) => sum + calls, 0), {
      timeout: 30_000,
    })
    .toBeGreaterThan(100);
  return { first, last };
}

test('a look leaves nothing of its picture in a worker, and would without its end', async ({ openKiosk }) => {
  test.slow();
  const kept = await openKiosk({ feed: 'marked', beforeLoad: probeWorkers, beforePage: keepWorkers });
  await kept.sayYes({ demographics: true });
  await kept.onStep('result');
  await expect(kept.page.getByTestId('estimate')).toBeVisible();
  const { first: saw } = await workersThere(kept.page, 2);
  expect(await findMarker(saw, MARKER)).not.toEqual([]);
  await kept.close();

  const { page, sayYes, onStep } = await openKiosk({ feed: 'marked', beforeLoad: probeWorkers });
  await sayYes({ demographics: true });
  await onStep('result');
  await expect(page.getByTestId('estimate')).toBeVisible();
  const { first: fresh } = await workersThere(page, 1);
  expect(await findMarker(fresh, MARKER)).toEqual([]);

  // What the page itself holds, by a walk through its heap: no memory as large as a small picture.
  expect(await largeMemory(page)).toEqual([]);
  await page.evaluate(() => Object.assign(window, { planted: new Uint8ClampedArray(320 * 320 * 4).fill(7) }));
  expect(await largeMemory(page)).not.toEqual([]);
});

test('WebGL finds what WASM finds; no texture and no buffer holds anything of the picture after it, and they would if they were not deleted', async () => {
  test.slow();
  const bench = await openBenchPage();
  try {
    await probeWorkers(bench.page.context());
    const eyes = await openEyes(bench, 'webgl');
    const worker = bench.page.workers()[0]!;
    const picture = await markedPicture();
    const lookOnce = async () => {
      const [frame] = await eyes.look([picture], 1);
      expect(frame?.faces).toHaveLength(1);
      return frame!.faces[0]!;
    };
    const found = await lookOnce();
    // The weights of the networks are there, and nothing is found in them.
    expect(await countTextures(worker)).toBeGreaterThan(20);
    expect(await findMarker(worker, MARKER)).toEqual([]);

    await keepDeletedTextures(worker);
    await lookOnce();
    expect(await findMarker(worker, MARKER)).not.toEqual([]);

    const [frame] = await (await openEyes(bench, 'wasm')).look([picture], 1);
    const { box, score, estimate } = frame!.faces[0]!;
    expect(found.score).toBeCloseTo(score, 2);
    expect(found.estimate!.ageYears).toBeCloseTo(estimate!.ageYears, 0);
    for (const side of ['x', 'y', 'width', 'height'] as const)
      expect(found.box[side]).toBeCloseTo(box[side], 2);
  } finally {
    await bench.close();
  }
});

/** A person with a coloured patch beside the face. */
async function markedPicture(): Promise<Buffer> {
  const person = (await photoPortraits())[0]!;
  const { png, face } = await frameWithFace(person, 0.36, 'plain');
  const side = Math.round(FRAME_SIDE * 0.12);
  const patch = { create: { width: side, height: side, channels: 3, background: `rgb(${MARKER})` } } as const;
  const left = Math.round((face!.x - 0.2) * FRAME_SIDE - side / 2);
  const top = Math.round((face!.y - 0.12) * FRAME_SIDE - side / 2);
  return sharp(png)
    .composite([{ input: patch, left, top }])
    .png()
    .toBuffer();
}

/** Bytes of each ArrayBuffer in the page's heap that could hold a frame in the smallest size that is of use. */
async function largeMemory(page: Page): Promise<number[]> {
  const SMALLEST_FRAME_BYTES = 96 * 96 * 4;
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  const { snapshot, nodes, strings } = JSON.parse(chunks.join('')) as {
    snapshot: { meta: { node_fields: string[] } };
    nodes: number[];
    strings: string[];
  };
  const fields = snapshot.meta.node_fields;
  const [name, size] = [fields.indexOf('name'), fields.indexOf('self_size')];
  const found: number[] = [];
  for (let node = 0; node < nodes.length; node += fields.length) {
    const bytes = nodes[node + size] ?? 0;
    const isMemory = /ArrayBufferData|ImageBitmap|ImageData/.test(strings[nodes[node + name] ?? 0] ?? '');
    if (isMemory && bytes >= SMALLEST_FRAME_BYTES) found.push(bytes);
  }
  return found;
}

test('the age and gender network does not run without its own yes', async ({ openKiosk }) => {
  const { page, sayYes, onStep, tap } = await openKiosk({
    beforeLoad: probeWorkers,
    beforePage: keepWorkers,
  });
  // Of all the networks, it alone ends in a layer in which all is joined to all.
  const joined = async (worker: Parameters<typeof kernelCalls>[0]) =>
    Object.entries(await kernelCalls(worker))
      .filter(([kernel]) => /MatMul/.test(kernel))
      .reduce((sum, [, calls]) => sum + calls, 0);
  const { first } = await workersThere(page, 1);
  const toGetWarm = await joined(first);
  expect(toGetWarm).toBeGreaterThan(0);
  await sayYes();
  await onStep('result');
  await expect(page.getByRole('heading')).toHaveText('We counted 1 person.');
  expect(await joined(first)).toBe(toGetWarm);
  const { last } = await workersThere(page, 2);
  await tap('keep');
  await onStep('receipt');
  await tap('done');
  await sayYes({ demographics: true });
  await onStep('result');
  expect(await joined(last)).toBeGreaterThan(toGetWarm);
});

interface Noted {
  /** When each frame went to the worker, and when its answer came. */
  readonly frames: { readonly sentAt: number; answeredAt: number }[];
  readonly asked: string[];
  readonly answered: string[];
  drawn: number;
  loadedAtFirstFrame: string[] | null;
}

/** Notes what the page does from its start: messages to and from workers, frames drawn, and what was loaded when the first frame was looked at. */
function watchPage(): void {
  const noted: Noted = { frames: [], asked: [], answered: [], drawn: 0, loadedAtFirstFrame: null };
  const loaded = () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  Object.assign(window, { noted });
  const OriginalWorker = Worker;
  window.Worker = class extends OriginalWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      noted.asked.push('new worker');
      this.addEventListener('message', ({ data }) => {
        noted.answered.push(data.message.kind);
        const frame = noted.frames.at(-1);
        if (data.message.kind === 'inspected' && frame !== undefined) frame.answeredAt = performance.now();
      });
    }
    override postMessage(...[message, transfer]: [unknown, never]) {
      const { kind } = (message as { message: { kind: string } }).message;
      noted.asked.push(kind);
      if (kind === 'inspect') {
        noted.loadedAtFirstFrame ??= loaded();
        noted.frames.push({ sentAt: performance.now(), answeredAt: 0 });
      }
      super.postMessage(message, transfer);
    }
  };
  const draw = requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => {
    noted.drawn += 1;
    return draw(callback);
  };
}
const whatIsNoted = () => (window as unknown as { noted: Noted }).noted;

/** A task of the page's own thread, by the clock and by the time that the processor was at it. */
interface Task {
  readonly from: number;
  readonly until: number;
  readonly busyMs: number;
}

/** Notes the tasks of the page's own thread until they are asked for. Times are in milliseconds since the page began. */
async function watchTasks(page: Page): Promise<() => Promise<Task[]>> {
  interface TraceEvent {
    name: string;
    ts: number;
    tid: number;
    dur?: number;
    tdur?: number;
    args: { name?: string };
  }
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] },
  });
  const markedAt = await page.evaluate(() => performance.mark('watched from here').startTime);
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const mark = events.find(({ name }) => name === 'watched from here');
    if (mark === undefined) throw new Error('The trace knows nothing of the page.');
    const sinceStart = (ts: number) => markedAt + (ts - mark.ts) / 1_000;
    return events
      .filter(({ name, tid }) => tid === mark.tid && name.endsWith('RunTask'))
      .map(({ ts, dur = 0, tdur = dur }) => ({
        from: sinceStart(ts),
        until: sinceStart(ts + dur),
        busyMs: tdur / 1_000,
      }));
  };
}

const LONG_TASK_MS = 50;
const isLong = ({ busyMs }: Task) => busyMs > LONG_TASK_MS;

test('nothing is loaded or compiled between the yes and the first frame, no task of the page takes long while frames are looked at, and then all is off', async ({
  openKiosk,
}) => {
  const { page, onStep, tap } = await openKiosk({ beforePage: watchPage });
  await onStep('attract');
  await expect
    .poll(async () => (await page.evaluate(whatIsNoted)).answered, { timeout: 45_000 })
    .toContain('warm');
  await tap('start');
  await onStep('choose');
  await tap('agree');
  await onStep('guardian');
  const before = (await page.evaluate(whatIsNoted)).asked.length;
  const loadedBefore = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  );
  const tasksSoFar = await watchTasks(page);
  await tap('older');
  await onStep('result');
  const { asked, answered, loadedAtFirstFrame, frames } = await page.evaluate(whatIsNoted);
  // The next worker is begun by the end of the look alone.
  const look = asked.slice(before, asked.indexOf('new worker', before));
  expect(look.length).toBeGreaterThanOrEqual(3);
  expect(new Set(look)).toEqual(new Set(['inspect']));
  expect(answered.filter((kind) => kind === 'inspected')).toHaveLength(look.length);
  const loaded = loadedAtFirstFrame?.slice(loadedBefore.length) ?? ['unknown'];
  expect(loaded.filter((path) => !path.startsWith('/api/'))).toEqual([]);
  // By the processor's time, so that other programs on a busy machine change nothing.
  await page.evaluate(() => {
    for (let turn = 0, sum = 0; turn < 200_000_000; turn += 1) {
      sum += turn % 7;
      if (sum < 0) throw new Error('It only grows.');
    }
  });
  const tasks = await tasksSoFar();
  expect(tasks.filter(isLong)).not.toEqual([]);
  const [firstSentAt, lastAnsweredAt] = [frames[0]!.sentAt, frames.at(-1)!.answeredAt];
  const inLook = tasks.filter(({ from, until }) => from < lastAnsweredAt && until > firstSentAt);
  expect(inLook.length).toBeGreaterThan(look.length);
  expect(inLook.filter(isLong)).toEqual([]);

  await tap('keep');
  await onStep('receipt');
  await tap('done');
  await onStep('attract');
  await expect
    .poll(async () => (await page.evaluate(whatIsNoted)).answered.filter((kind) => kind === 'warm').length, {
      timeout: 30_000,
    })
    .toBe(2);
  const idle = await page.evaluate(whatIsNoted);
  await page.waitForTimeout(2_000);
  expect(await page.evaluate(whatIsNoted)).toEqual(idle);
});
