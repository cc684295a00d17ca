import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium, type Page } from 'playwright';
import type { Instant } from '#values';
import { chromiumArgs, findBrowser } from '../../../e2e/browser.ts';
import { cameraFeedFile } from '../../../e2e/support/camera-feeds.ts';
import { startServer } from '../../server/index.ts';
import type { Bench } from '../bench.ts';
import { buildAside } from './parts/build-aside.ts';
import { alone } from './parts/figures.ts';

const USUAL_VISITS = 60;
/** The first visits fill caches that then stay; what grows after them grows for ever. */
const SETTLED_AFTER = 10;
/** The first and the last tenth are compared. */
const SHARE_COMPARED = 0.1;

/** What the page holds after a visit. */
interface Held {
  readonly heapKB: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly workers: number;
  /** From the last yes to the result. */
  readonly lookMs: number;
  /** On the page's own thread, between that yes and the result. */
  readonly longestTaskMs: number;
}

/**
 * One page, one visit after another, as a kiosk in a busy shop: whether it grows, and whether the last look is as fast as the first. Each
 * visit is whole, with its receipt, its ledger entries and a worker of its own; only the visitor is quicker than people are.
 */
export const bench: Bench = async function* ({ visits }) {
  await buildAside();
  const folder = await mkdtemp(join(tmpdir(), 'askfirst-endurance-'));
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    dataDir: join(folder, 'server'),
    databaseUrl: null,
    publicUrl: null,
    tls: null,
    isDemo: true,
    now: () => Date.now() as Instant,
    random: (length) => new Uint8Array(randomBytes(length)),
    demoSettings: { vision: 'wasm', idleSeconds: 300 },
  });
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: chromiumArgs({ cameraFeed: await cameraFeedFile('one-adult') }),
  });
  try {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(`${server.url}/`);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const held: Held[] = [];
    for (let visit = 0; visit < (visits ?? USUAL_VISITS); visit += 1)
      held.push(await playVisit(page, session));
    yield* figuresOf(held);
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
};

async function playVisit(page: Page, session: CDPSession): Promise<Held> {
  const { lookMs, longestTaskMs } = await page.evaluate(visitOnce);
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    heapKB: metric('JSHeapUsedSize') / 1_024,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    workers: page.workers().length,
    lookMs,
    longestTaskMs,
  };
}

/** Runs in the page: taps its way from Start to Done as soon as each screen takes taps, and times the look. */
async function visitOnce(): Promise<{ lookMs: number; longestTaskMs: number }> {
  let longestTaskMs = 0;
  const watcher = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  });
  const control = (action: string) =>
    document.querySelector<HTMLElement>(`[data-action=${action}]:not([inert] *):not([disabled])`);
  const there = async (find: () => Element | null): Promise<Element> => {
    for (;;) {
      const found = find();
      if (found !== null) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const tap = async (action: string) => ((await there(() => control(action))) as HTMLElement).click();
  await tap('start');
  await tap('agree');
  await there(() => control('older'));
  watcher.observe({ type: 'longtask' });
  const begun = performance.now();
  await tap('older');
  await there(() => document.querySelector('[data-step=result]'));
  const lookMs = performance.now() - begun;
  watcher.disconnect();
  await there(() => control('keep') ?? control('done'));
  (control('keep') ?? control('done'))?.click();
  await there(() => document.querySelector('[data-step=receipt]'));
  await tap('done');
  await there(() => document.querySelector('[data-step=attract]'));
  return { lookMs, longestTaskMs };
}

function* figuresOf(held: readonly Held[]) {
  const settled = held.slice(SETTLED_AFTER);
  const tenth = Math.max(1, Math.floor(settled.length * SHARE_COMPARED));
  const [first, last] = [settled.slice(0, tenth), settled.slice(-tenth)];
  yield alone('visits in one page', held.length, 'visits');
  for (const kind of ['heapKB', 'listeners', 'nodes', 'workers'] as const) {
    const unit = kind === 'heapKB' ? 'KB' : kind;
    yield alone(`${kind} after the first visits`, median(first.map((one) => one[kind])), unit);
    yield alone(`${kind} after the last visits`, median(last.map((one) => one[kind])), unit);
    yield alone(`${kind}, growth by 1,000 visits`, 1_000 * slope(settled.map((one) => one[kind])), unit);
  }
  const [before, after] = [first, last].map((some) => median(some.map(({ lookMs }) => lookMs)));
  yield alone('from yes to result, first visits', before ?? Number.NaN, 'ms');
  yield alone('from yes to result, last visits', after ?? Number.NaN, 'ms');
  yield alone('from yes to result, median', median(settled.map(({ lookMs }) => lookMs)), 'ms');
  yield alone(
    'longest task of the page in a look, median',
    median(settled.map((one) => one.longestTaskMs)),
    'ms',
  );
  yield alone(
    'longest task of the page in any look',
    Math.max(...settled.map((one) => one.longestTaskMs)),
    'ms',
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Of the straight line through the values, by least squares. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0) / spread;
}
