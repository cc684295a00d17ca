/// <reference lib="webworker" />
import { compiledWasm, isContextLost, rendererName, startBackend, takeCompiledWasm } from './backend.ts';
import type { Ask, Backend, Kit, Numbered, VisionAnswer, VisionRequest } from './messages.ts';
import { type Networks, startNetworks } from './networks.ts';
import { type Pixels, readPixels, wipePixels } from './pixels.ts';
import type { Box } from './schedule.ts';
import { watchStirs } from './stir.ts';
import { keepWeights, loadWeights, type Weights } from './weights.ts';

/** As `camera` cuts them. */
const FRAME_SIDE = 480;
/** The middle one of this many is how long a frame takes. */
const TIMED_FRAMES = 3;

interface Running {
  readonly networks: Networks;
  readonly backend: Backend;
  /** Whether it took the place of one whose graphics context was lost. */
  readonly isFallback: boolean;
}

let running: Running | null = null;
let weights: Weights = new Map();
let watch = watchStirs();
/** Where the faces of the frame before were. */
let known: readonly Box[] = [];
let previous: Promise<void> = Promise.resolve();

// One request at a time, in order: tfjs has one backend for the whole worker.
self.onmessage = ({ data: { id, message } }: MessageEvent<Numbered<VisionRequest>>) => {
  previous = previous.then(async () => {
    const answer = await handle(message).catch((): VisionAnswer => ({ kind: 'failed' }));
    self.postMessage({ id, message: answer } satisfies Numbered<VisionAnswer>);
  });
};

async function handle(request: VisionRequest): Promise<VisionAnswer> {
  switch (request.kind) {
    case 'warm-up':
      return warmUp(request);
    case 'inspect':
      return inspect(request.frame, request.ask);
  }
}

async function warmUp({
  backend,
  isTimed,
  kit,
}: Extract<VisionRequest, { kind: 'warm-up' }>): Promise<VisionAnswer> {
  takeCompiledWasm(kit?.wasm ?? null);
  weights = await loadWeights(kit?.weights ?? new Map());
  running ??= await start(backend, false);
  if (running === null) return { kind: 'failed' };
  const frameMs = isTimed ? await timeFrames(running.networks) : null;
  return { kind: 'warm', frameMs, kit: kitFor(kit) };
}

/** What the next worker gets: as much of it as possible as it came, so that the page's copy stays one. */
function kitFor(kit: Kit | null): Kit {
  return {
    weights: kit?.weights ?? keepWeights(weights),
    wasm: compiledWasm(),
    renderer: kit?.renderer ?? rendererName() ?? 'none',
  };
}

async function start(backend: Backend, isFallback: boolean): Promise<Running | null> {
  if (!(await startBackend(backend))) return null;
  return { networks: await startNetworks(weights, backend), backend, isFallback };
}

async function timeFrames(networks: Networks): Promise<number> {
  const blank = new ImageData(FRAME_SIDE, FRAME_SIDE);
  const times: number[] = [];
  for (let frame = 0; frame < TIMED_FRAMES; frame += 1) {
    const begun = performance.now();
    await networks.findFaces(blank, 0, []);
    times.push(performance.now() - begun);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(TIMED_FRAMES / 2)] ?? Number.POSITIVE_INFINITY;
}

async function inspect(frame: ImageBitmap, { demographicsOf, atMs }: Ask): Promise<VisionAnswer> {
  const pixels = readPixels(frame);
  if (atMs === 0) {
    watch = watchStirs();
    known = [];
  }
  try {
    const faces = (await tryFindFaces(pixels, demographicsOf)) ?? (await retryOnWasm(pixels, demographicsOf));
    if (faces === null || running === null) return { kind: 'failed' };
    known = faces.map(({ box }) => box);
    const stirs = watch.stirs(pixels.image, known, atMs);
    const watched = faces.map((face, index) => ({ ...face, stir: stirs[index] ?? 0 }));
    return { kind: 'inspected', faces: watched, isFallback: running.isFallback };
  } finally {
    wipePixels(pixels);
  }
}

/** The faces, or null where the backend died on the way: a lost context answers with nonsense before it answers with an error. */
async function tryFindFaces(pixels: Pixels, demographicsOf: number) {
  if (running === null) return null;
  try {
    const faces = await running.networks.findFaces(pixels.image, demographicsOf, known);
    return isContextLost() ? null : faces;
  } catch (error) {
    if (!isContextLost()) throw error;
    return null;
  }
}

/** The look goes on with the same frame on the processor: a graphics card that resets costs a moment, not the visit. */
async function retryOnWasm(pixels: Pixels, demographicsOf: number) {
  if (running === null || running.backend === 'wasm') return null;
  running = await start('wasm', true);
  return tryFindFaces(pixels, demographicsOf);
}
