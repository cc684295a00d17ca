/// <reference lib="webworker" />
import * as tf from '@tensorflow/tfjs-core/dist/index.js';
import { isContextLost, startBackend } from './backend.ts';
import type { Ask, Numbered, Prefer, VisionAnswer, VisionReport, VisionRequest } from './messages.ts';
import { loadNetworks, type Networks } from './networks.ts';
import { type Pixels, readPixels, wipePixels } from './pixels.ts';
import { watchStirs } from './stir.ts';

interface Running {
  readonly networks: Networks;
  readonly report: VisionReport;
}

let running: Running | null = null;
let watch = watchStirs();
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
      running ??= await start(request.prefer);
      return running === null ? { kind: 'failed' } : { kind: 'warm', report: running.report };
    case 'inspect':
      return inspect(request.frame, request.ask);
  }
}

async function start(prefer: Prefer): Promise<Running | null> {
  const report = await startBackend(prefer);
  return report === null ? null : { networks: await loadNetworks(), report };
}

async function inspect(frame: ImageBitmap, { demographicsOf, atMs }: Ask): Promise<VisionAnswer> {
  const pixels = readPixels(frame);
  try {
    const faces = (await tryFindFaces(pixels, demographicsOf)) ?? (await retryOnWasm(pixels, demographicsOf));
    if (faces === null || running === null) return { kind: 'failed' };
    if (atMs === 0) watch = watchStirs();
    const boxes = faces.map(({ box }) => box);
    const stirs = watch.stirs(pixels.image, boxes, atMs);
    const watched = faces.map((face, index) => ({ ...face, stir: stirs[index] ?? 0 }));
    return { kind: 'inspected', faces: watched, report: running.report };
  } finally {
    wipePixels(pixels);
  }
}

/** The faces, or null where the backend died on the way: a lost context answers with nonsense before it answers with an error. */
async function tryFindFaces(pixels: Pixels, demographicsOf: number) {
  if (running === null) return null;
  const tensor = tf.browser.fromPixels(pixels.image);
  try {
    const faces = await running.networks.findFaces(tensor, demographicsOf);
    return isContextLost() ? null : faces;
  } catch (error) {
    if (!isContextLost()) throw error;
    return null;
  } finally {
    tensor.dispose();
  }
}

/** The look goes on with the same frame on the processor: a graphics card that resets costs a moment, not the visit. */
async function retryOnWasm(pixels: Pixels, demographicsOf: number) {
  if (running === null || running.report.backend === 'wasm') return null;
  const { renderer } = running.report;
  const fallback = await start('wasm');
  if (fallback === null) return null;
  running = { networks: fallback.networks, report: { backend: 'wasm', reason: 'context-lost', renderer } };
  return tryFindFaces(pixels, demographicsOf);
}
