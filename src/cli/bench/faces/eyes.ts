import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { SECOND_MS } from '#values';
import { chromiumArgs, findBrowser } from '../../../../e2e/browser.ts';
import { root } from '../../tools.mjs';
import { buildAside } from '../parts/build-aside.ts';
import { type Served, serveFolders } from './serve.ts';

export type Backend = 'webgl' | 'wasm';

/** A face as the worker tells it, in parts of the frame. */
export interface SeenFace {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly score: number;
  readonly estimate: { readonly ageYears: number; readonly femaleProbability: number } | null;
  /** How much it has changed since earlier frames of the look, in multiples of the noise. */
  readonly stir: number;
}

export interface SeenFrame {
  readonly faces: readonly SeenFace[];
  readonly ms: number;
}

/** A page in a real browser that has nothing of ours yet, and the folders that it can load from. */
export interface BenchPage {
  readonly page: Page;
  readonly served: Served;
  /** What all processes of the browser have had of the processors so far. Other programs on the machine change it little. */
  readonly processorMs: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const DIST = join(root, 'dist');

/** Opens an empty page beside the built program and, where they are wanted, other packages under `/peers/`. */
export async function openBenchPage(peers?: string): Promise<BenchPage> {
  await buildAside();
  const served = await serveFolders({ '/': DIST, ...(peers === undefined ? {} : { '/peers/': peers }) });
  const executablePath = process.env.ASKFIRST_CHROMIUM ?? findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: chromiumArgs(),
  });
  const page = await browser.newPage();
  await page.goto(`${served.url}/bench`);
  const session = await browser.newBrowserCDPSession();
  return {
    page,
    served,
    processorMs: async () => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * SECOND_MS;
    },
    close: async () => {
      await browser.close();
      await served.close();
    },
  };
}

/** The worker that counts in the kiosk, as it was built. */
export interface Eyes {
  readonly warmUpMs: number;
  /** One look: its frames in order, each a file that a browser can decode, as a camera would have taken them one after another. */
  readonly look: (
    frames: readonly Buffer[],
    demographicsOf: number,
    betweenMs?: number,
  ) => Promise<readonly SeenFrame[]>;
}

/** What a fast device needs for a frame. */
const BETWEEN_FRAMES_MS = 100;

export async function openEyes({ page }: BenchPage, backend: Backend): Promise<Eyes> {
  const script = (await readdir(join(DIST, 'assets'))).find((name) => /^worker-.*\.js$/.test(name));
  if (script === undefined) throw new Error('The build has no worker that counts.');
  const warmUpMs = await page.evaluate(startWorker, { script, backend });
  return {
    warmUpMs,
    look: (frames, demographicsOf, betweenMs = BETWEEN_FRAMES_MS) =>
      page.evaluate(lookThrough, {
        betweenMs,
        frames: frames.map((frame) => frame.toString('base64')),
        demographicsOf,
      }),
  };
}

interface InPage {
  ask: (message: unknown, transfer: Transferable[]) => Promise<Record<string, unknown>>;
}

/** Runs in the page. The worker warms up on the backend by this name or on none. */
async function startWorker({ script, backend }: { script: string; backend: Backend }) {
  const worker = new Worker(`/assets/${script}`, { type: 'module' });
  let nextId = 0;
  const ask: InPage['ask'] = (message, transfer) => {
    const id = nextId;
    nextId += 1;
    return new Promise((resolve, reject) => {
      const hear = ({ data }: MessageEvent<{ id: number; message: Record<string, unknown> }>) => {
        if (data.id !== id) return;
        worker.removeEventListener('message', hear);
        resolve(data.message);
      };
      worker.addEventListener('message', hear);
      worker.addEventListener('error', () => reject(new Error('The worker broke.')), { once: true });
      worker.postMessage({ id, message }, transfer);
    });
  };
  Object.assign(window, { ask });
  const started = performance.now();
  const answer = await ask({ kind: 'warm-up', backend, isTimed: false, kit: null }, []);
  if (answer.kind !== 'warm') throw new Error(`The worker answered "${answer.kind}" to the warm-up.`);
  return performance.now() - started;
}

/** Runs in the page. The moment 0 tells the worker that a look begins. */
async function lookThrough({
  frames,
  demographicsOf,
  betweenMs,
}: {
  frames: string[];
  demographicsOf: number;
  betweenMs: number;
}) {
  const { ask } = window as unknown as InPage;
  const seen: { faces: never[]; ms: number }[] = [];
  for (const [index, base64] of frames.entries()) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const frame = await createImageBitmap(new Blob([bytes]));
    const started = performance.now();
    const answer = await ask({ kind: 'inspect', frame, ask: { demographicsOf, atMs: index * betweenMs } }, [
      frame,
    ]);
    if (answer.kind !== 'inspected') throw new Error('The worker could not look at a frame.');
    const { faces } = answer as { faces: never[] };
    seen.push({ faces, ms: performance.now() - started });
  }
  return seen;
}
