import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { apiPaths } from '#protocol';
import { DAY_MS, HOUR_MS, type ReceiptId } from '#values';
import { commit } from './commit.ts';
import { type Database, writeMeta } from './database.ts';
import { makeIdentity } from './device-key.ts';
import { openTablet } from './open-tablet.ts';
import { idNamed, type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';
import { configOf } from './testing/recording-tablet.ts';

let tablet: MemoryTablet;
const page = new EventTarget();
const receiptId: ReceiptId = idNamed('visitor');

vi.mock('./database.ts', async (original) => ({
  ...(await original<typeof import('./database.ts')>()),
  openDatabase: async (): Promise<Database> =>
    Object.assign(tablet.core.database, { close: () => undefined }),
}));

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  vi.stubGlobal('navigator', {
    storage: { persist: async () => true },
    locks: { request: async (_: string, __: object, take: (lock: object) => unknown) => void take({}) },
  });
  vi.stubGlobal('IDBKeyRange', { lowerBound: () => null });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('There is no network.');
  });
  tablet = memoryTablet();
  vi.setSystemTime(tablet.core.now());
  const identity = await makeIdentity();
  const paired = { ...tablet.core.paired };
  await commit(tablet.core.database, tablet.core, async ({ transaction, append }) => {
    await writeMeta(transaction, 'identity', { ...identity, paired });
    await writeMeta(transaction, 'config', { config: configOf('Quay Motors Ltd', 30, 10), etag: null });
    await writeMeta(transaction, 'believedAt', tablet.core.now());
    await append('notice-in-force', { noticeHash: 'a'.repeat(64) as never, language: 'en', version: '1' });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets the tablet's own rounds run, as they do on a page that nobody touches. */
async function leaveAlone(milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    await vi.advanceTimersByTimeAsync(Math.min(HOUR_MS, end - Date.now()));
    // Storage answers in its own turns.
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

it('closes hours and cuts links on time also where nobody comes for weeks and there is no network', async () => {
  const { core, database } = tablet;
  const now = core.now();
  await commit(core.database, core, async ({ transaction }) => {
    const counted = { purposes: ['count'], contribution: 'counted' } as const;
    await transaction
      .objectStore('receipts')
      .put({ id: receiptId, ...counted, issuedAt: now, countedAt: now });
  });
  const opened = await openTablet(null, 'test');
  if (!opened.ok) throw new Error(opened.reason);
  await opened.tablet.settle();
  await opened.tablet.addToTally('left');
  await leaveAlone(12 * HOUR_MS);
  expect(await tablet.entriesOf('tally-closed')).toMatchObject([{ left: 1 }]);
  expect(await database.getAll('receipts')).toMatchObject([{ contribution: 'counted' }]);
  await leaveAlone(31 * DAY_MS);
  expect(await database.getAll('receipts')).toMatchObject([{ contribution: 'cut' }]);
});

it('lets a visit alone: what is due waits until it is over', async () => {
  const opened = await openTablet(null, 'test');
  if (!opened.ok) throw new Error(opened.reason);
  await opened.tablet.addToTally('left');
  opened.tablet.beginVisit();
  await leaveAlone(2 * HOUR_MS);
  expect(await tablet.entriesOf('tally-closed')).toEqual([]);
  await opened.tablet.settle();
  expect(await tablet.entriesOf('tally-closed')).toHaveLength(1);
});

/** A server at this head that loses every batch. Gives what it was asked, with what it was told. */
function lossyServer(head: object | null) {
  const asked: { readonly path: string; readonly body: string }[] = [];
  vi.stubGlobal('fetch', async (path: string, { body = '' }: { body?: string }) => {
    asked.push({ path, body });
    if (path === apiPaths.entries) throw new DOMException('It took too long.', 'TimeoutError');
    if (path === apiPaths.config) return new Response(null, { status: 304 });
    return Response.json(path === apiPaths.head ? { head } : {});
  });
  return asked;
}

it('reports its health and asks for settings also where no batch gets through', async () => {
  const asked = lossyServer(null);
  const opened = await openTablet(null, 'test');
  if (!opened.ok) throw new Error(opened.reason);
  await leaveAlone(12 * HOUR_MS);
  const paths = asked.map(({ path }) => path);
  expect(paths.slice(0, 4)).toEqual([apiPaths.head, apiPaths.entries, apiPaths.health, apiPaths.config]);
});

it('asks nobody, and tells staff why, where the server was put back further than entries are kept here', async () => {
  const { core } = tablet;
  await commit(core.database, core, ({ transaction }) => writeMeta(transaction, 'firstKept', 5));
  const asked = lossyServer(null);
  const opened = await openTablet(null, 'test');
  if (!opened.ok) throw new Error(opened.reason);
  await leaveAlone(12 * HOUR_MS);
  expect(opened.tablet.refusal()).toBe('server-behind');
  expect(asked.map(({ path }) => path).slice(0, 3)).toEqual([
    apiPaths.head,
    apiPaths.health,
    apiPaths.config,
  ]);
  expect(JSON.parse(asked[1]?.body ?? '')).toMatchObject({ state: 'resting', problem: 'server-behind' });
});
