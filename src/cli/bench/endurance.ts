import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { Instant } from '#values';
import { chromiumArgs, findBrowser } from '../../../e2e/browser.ts';
import { cameraFeedFile } from '../../../e2e/support/camera-feeds.ts';
import { type Held, heldBy, startHolding, visitOnce } from '../../../e2e/support/endure.ts';
import { startServer } from '../../server/index.ts';
import type { Bench } from '../bench.ts';
import { buildAside } from './parts/build-aside.ts';
import { alone } from './parts/figures.ts';

const USUAL_VISITS = 60;
/**
 * In the first half caches fill that then stay: the browser's records of requests and long tasks, which it caps, and the machine code that
 * it makes of ours. What grows after that grows for ever.
 */
const SETTLED_AFTER = 1 / 2;
/** Collecting garbage takes longer than a tap, so a long run is looked into no more often than this. */
const MOST_SAMPLES = 200;
/** The first and the last tenth are compared. */
const SHARE_COMPARED = 0.1;

type Visited = Awaited<ReturnType<typeof visitOnce>>;
/** What the page holds after so many visits. */
type Sample = Held & { readonly visits: number };

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
    const session = await startHolding(page);
    const all = visits ?? USUAL_VISITS;
    const every = Math.ceil(all / MOST_SAMPLES);
    const visited: Visited[] = [];
    const samples: Sample[] = [];
    while (visited.length < all) {
      visited.push(await page.evaluate(visitOnce));
      if (visited.length % every === 0)
        samples.push({ ...(await heldBy(page, session)), visits: visited.length });
    }
    yield* figuresOf(visited, samples);
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
};

function* figuresOf(visited: readonly Visited[], samples: readonly Sample[]) {
  const settled = samples.filter(({ visits }) => visits > visited.length * SETTLED_AFTER);
  yield alone('visits in one page', visited.length, 'visits');
  for (const kind of ['objects', 'heapKB', 'listeners', 'nodes', 'workers'] as const) {
    const unit = kind === 'heapKB' ? 'KB' : kind;
    const { first, last } = ends(settled.map((one) => one[kind]));
    yield alone(`${kind} after half of the visits`, median(first), unit);
    yield alone(`${kind} after the last visits`, median(last), unit);
    const growth = slope(settled.map((one) => ({ x: one.visits, y: one[kind] })));
    yield alone(`${kind}, growth by 1,000 visits`, 1_000 * growth, unit);
  }
  const looks = visited.map(({ lookMs }) => lookMs);
  const { first, last } = ends(looks);
  yield alone('from yes to result, first visits', median(first), 'ms');
  yield alone('from yes to result, last visits', median(last), 'ms');
  yield alone('from yes to result, median', median(looks), 'ms');
  const tasks = visited.map(({ longestTaskMs }) => longestTaskMs);
  yield alone('longest task of the page in a look, median', median(tasks), 'ms');
  yield alone('longest task of the page in any look', Math.max(...tasks), 'ms');
}

/** The first and the last of the values, as many as are compared. */
function ends(values: readonly number[]) {
  const count = Math.max(1, Math.floor(values.length * SHARE_COMPARED));
  return { first: values.slice(0, count), last: values.slice(-count) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Of the straight line through the points, by least squares. */
function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  return points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
