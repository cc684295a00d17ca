import type { Page } from 'playwright';
import { type Held, heldBy, startHolding, visitOnce } from '../../../../e2e/support/endure.ts';
import type { Figure } from '../../bench.ts';
import { alone } from '../parts/figures.ts';
import { ends, median, slope } from './summary.ts';

/**
 * In the first half caches fill that then stay: the browser's records of requests and long tasks, which it caps, and the machine code that
 * it makes of ours. What grows after that grows for ever.
 */
const SETTLED_AFTER = 1 / 2;
/** Collecting garbage takes longer than a tap, so a long run is looked into no more often than this. */
const MOST_SAMPLES = 200;

type Visited = Awaited<ReturnType<typeof visitOnce>>;
/** What the page holds after so many visits. */
type Sample = Held & { readonly visits: number };

/**
 * Each visit is whole, with its screens, its receipt, its ledger entries and a worker of its own; only the visitor is quicker than people are.
 */
export async function* visitAndVisit(page: Page, all: number): AsyncGenerator<Figure> {
  const session = await startHolding(page);
  const every = Math.ceil(all / MOST_SAMPLES);
  const visited: Visited[] = [];
  const samples: Sample[] = [];
  while (visited.length < all) {
    visited.push(await page.evaluate(visitOnce));
    if (visited.length % every === 0)
      samples.push({ ...(await heldBy(page, session)), visits: visited.length });
  }
  yield* figuresOf(visited, samples);
}

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
