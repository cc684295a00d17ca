import { type Held, heldBy, startHolding, visitOnce } from './support/endure.ts';
import { expect, test } from './support/kiosk.ts';

const VISITS = 10;
/** The first visit loads and fills what then stays. */
const UNCOUNTED = 1;
/** As many of the first and of the last visits are compared. */
const COMPARED = 3;
/** Of what one visit uses, a small part: a video alone has 23 listeners, a screen 40 nodes. The counts sway by less. */
const MOST_BY_VISIT = { objects: 25, listeners: 4, nodes: 10 } as const;
const KINDS = ['objects', 'listeners', 'nodes'] as const;

test('one visit after another leaves nothing behind in the page', async ({ openKiosk }) => {
  test.slow();
  const { page, onStep } = await openKiosk();
  await onStep('attract');
  const session = await startHolding(page);
  const held: Held[] = [];
  while (held.length < VISITS) {
    await page.evaluate(visitOnce);
    held.push(await heldBy(page, session));
  }
  const early = held.slice(UNCOUNTED, UNCOUNTED + COMPARED);
  const late = held.slice(-COMPARED);
  const between = VISITS - UNCOUNTED - COMPARED;
  expect(Math.max(...late.map(({ workers }) => workers))).toBe(1);
  for (const kind of KINDS)
    expect(least(late, kind) - least(early, kind), kind).toBeLessThan(MOST_BY_VISIT[kind] * between);

  // Had each of those visits left so much, the counts would tell.
  await page.evaluate(
    (count) =>
      Object.assign(window, {
        left: Array.from({ length: count }, () => {
          const node = document.createElement('p');
          node.addEventListener('click', () => undefined);
          return node;
        }),
      }),
    MOST_BY_VISIT.objects * between,
  );
  const after = await heldBy(page, session);
  for (const kind of KINDS)
    expect(after[kind] - least(late, kind), kind).toBeGreaterThanOrEqual(MOST_BY_VISIT[kind] * between);
});

/** The least of them: React holds the last screen until it draws again, so that a count may be higher for a moment. */
function least(some: readonly Held[], kind: (typeof KINDS)[number]): number {
  return Math.min(...some.map((held) => held[kind]));
}
