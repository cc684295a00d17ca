import { readFile } from 'node:fs/promises';
import type { Browser, CDPSession, Page } from 'playwright';
import { build } from 'vite';
import { type Held, heldBy, startHolding } from '../../../../e2e/support/endure.ts';
import type { Figure } from '../../bench.ts';
import { root } from '../../tools.mjs';
import { alone } from '../parts/figures.ts';
import { ends, median, slope } from './summary.ts';

const SAMPLE_EVERY = 100;
/** Until here caches fill that then stay, and the browser makes machine code of ours. What grows after that grows for ever. */
const SETTLED_AFTER = 1 / 4;

interface Looked {
  readonly ending: string;
  readonly warmMs: number;
  readonly recordMs: number;
  readonly lookMs: number;
}

/** What page, worker and browser hold after so many looks. */
interface Sample extends Held {
  readonly looks: number;
  readonly seconds: number;
  /** In the worker that waits for the next look. */
  readonly tensors: number;
  readonly tensorKB: number;
  /** Kept by the WebGL backend of that worker; 0 where it has none. */
  readonly textures: number;
  /** Memory of the page's process, its workers among it, and of the process that draws. */
  readonly pageMB: number;
  readonly drawingMB: number;
  /** The middle of the looks since the last sample. */
  readonly warmMs: number;
  readonly recordMs: number;
  readonly lookMs: number;
}

const FLAT = [
  'heapKB',
  'objects',
  'listeners',
  'nodes',
  'workers',
  'tensors',
  'textures',
  'pageMB',
  'drawingMB',
] as const;
const TIMES = ['warmMs', 'recordMs', 'lookMs'] as const;

/** Builds the page that has looks and no screens, and gives the folder. */
export async function buildLooksPage(outDir: string): Promise<string> {
  await build({ root, mode: 'looks', logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}

/** Looks one after another in one page. Each sample goes to the error output at once, so that a run that is stopped was not for nothing. */
export async function* lookAndLook(page: Page, all: number): AsyncGenerator<Figure> {
  await page.locator('[data-looks=ready]').waitFor({ state: 'attached' });
  const session = await startHolding(page);
  const begun = performance.now();
  const looked: Looked[] = [];
  const samples: Sample[] = [];
  while (looked.length < all) {
    const count = Math.min(SAMPLE_EVERY, all - looked.length);
    const some = await page.evaluate(lookTimes, count).catch(givenUp);
    if (some === null) break;
    looked.push(...some);
    const held = await heldBy(page, session);
    const sample = {
      looks: looked.length,
      seconds: Math.round((performance.now() - begun) / 1_000),
      ...held,
      heapKB: Math.round(held.heapKB),
      ...(await heldByWorker(page)),
      ...(await heldByProcesses(page.context().browser())),
      ...timesOf(some),
    };
    samples.push(sample);
    console.error(JSON.stringify(sample));
  }
  yield* figuresOf(looked, samples);
}

/** What was measured until then still tells something, and the run has failed all the same. */
function givenUp(error: unknown): null {
  console.error(error);
  process.exitCode = 1;
  return null;
}

/** Runs in the page. */
async function lookTimes(count: number): Promise<Looked[]> {
  const { lookOnce } = window as unknown as { lookOnce: () => Promise<Looked> };
  const looked: Looked[] = [];
  while (looked.length < count) looked.push(await lookOnce());
  return looked;
}

/** TensorFlow.js leaves its engine where a debugger finds it. */
async function heldByWorker(page: Page) {
  await page.evaluate(() => (window as unknown as { untilWarm: () => Promise<boolean> }).untilWarm());
  const worker = page.workers().at(-1);
  if (worker === undefined) throw new Error('No worker waits for the next look.');
  return worker.evaluate(() => {
    interface Engine {
      memory: () => { numTensors: number; numBytes: number };
      backend: { textureManager?: { getNumUsedTextures: () => number; getNumFreeTextures: () => number } };
    }
    const { _tfengine: engine } = self as unknown as { _tfengine: Engine };
    const { numTensors, numBytes } = engine.memory();
    const manager = engine.backend.textureManager;
    return {
      tensors: numTensors,
      tensorKB: Math.round(numBytes / 1_024),
      textures: manager === undefined ? 0 : manager.getNumUsedTextures() + manager.getNumFreeTextures(),
    };
  });
}

/** Where there is no `/proc`, nothing is known of it. */
async function heldByProcesses(browser: Browser | null) {
  const session: CDPSession | undefined = await browser?.newBrowserCDPSession();
  const processes = (await session?.send('SystemInfo.getProcessInfo'))?.processInfo ?? [];
  await session?.detach();
  const largest = async (type: string) => {
    const sizes = processes.filter((one) => one.type === type).map(({ id }) => residentMB(id));
    return Math.max(0, ...(await Promise.all(sizes)));
  };
  return { pageMB: await largest('renderer'), drawingMB: await largest('GPU') };
}

async function residentMB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1_024);
}

function timesOf(looked: readonly Looked[]) {
  const middle = (kind: (typeof TIMES)[number]) => Math.round(median(looked.map((one) => one[kind])));
  return { warmMs: middle('warmMs'), recordMs: middle('recordMs'), lookMs: middle('lookMs') };
}

function* figuresOf(looked: readonly Looked[], samples: readonly Sample[]): Generator<Figure> {
  const settled = samples.filter(({ looks }) => looks > looked.length * SETTLED_AFTER);
  yield alone('looks in one page', looked.length, 'looks');
  yield alone('looks that counted', looked.filter(({ ending }) => ending === 'counted').length, 'looks');
  for (const kind of FLAT) {
    const unit = /[KM]B$/.exec(kind)?.[0] ?? kind;
    const { first, last } = ends(settled.map((one) => one[kind]));
    yield alone(`${kind} after a quarter of the looks`, median(first), unit);
    yield alone(`${kind} after the last looks`, median(last), unit);
    const growth = slope(settled.map((one) => ({ x: one.looks, y: one[kind] })));
    yield alone(`${kind}, growth by 1,000 looks`, 1_000 * growth, unit);
  }
  for (const kind of TIMES) {
    const { first, last } = ends(looked.map((one) => one[kind]));
    yield alone(`${kind}, first looks`, median(first), 'ms');
    yield alone(`${kind}, last looks`, median(last), 'ms');
  }
}
