import type { CDPSession, Page } from 'playwright';

/** What the page holds between two visits, with all garbage collected. */
export interface Held {
  /**
   * JavaScript objects of every kind. Unlike the heap's size this leaves out the machine code that the browser makes of ours while it gets
   * warm, and what its developer tools keep of each request.
   */
  readonly objects: number;
  readonly heapKB: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly workers: number;
}

/** Lets `heldBy` look into the page. */
export async function startHolding(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return session;
}

/** Collects all garbage, and counts what is left. */
export async function heldBy(page: Page, session: CDPSession): Promise<Held> {
  // What the last visit left to later turns is done first: effects, the ledger's sending, the end of a worker.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  // What the first round finds may have held something in the browser's other heap.
  for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    objects: await countObjects(session),
    heapKB: metric('JSHeapUsedSize') / 1_024,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    workers: page.workers().length,
  };
}

async function countObjects(session: CDPSession): Promise<number> {
  const objectGroup = 'counted';
  const { result: all } = await session.send('Runtime.evaluate', {
    expression: 'Object.prototype',
    objectGroup,
  });
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: all.objectId ?? '',
    objectGroup,
  });
  const { result: count } = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  await session.send('Runtime.releaseObjectGroup', { objectGroup });
  return Number(count.value);
}

/** Runs in the page: taps its way from Start to Done as soon as each screen takes taps, and times the look. */
export async function visitOnce(): Promise<{ lookMs: number; longestTaskMs: number }> {
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
