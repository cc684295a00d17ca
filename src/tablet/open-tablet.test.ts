import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Head, hashEntry } from '#ledger';
import { apiPaths, type EntriesRequest } from '#protocol';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, type ReceiptId, SECOND_MS, toIso } from '#values';
import { commit } from './commit.ts';
import { type Database, readMeta, type StoredReceipt, writeMeta } from './database.ts';
import { makeIdentity } from './device-key.ts';
import { openTablet } from './open-tablet.ts';
import { keepRefusal } from './standing-refusal.ts';
import { idNamed, type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';
import { configOf } from './testing/recording-tablet.ts';

let tablet: MemoryTablet;
const page = new EventTarget();
const receiptId: ReceiptId = idNamed('visitor');
const PAIRED = { kioskId: idNamed<never>('kiosk'), shopId: 'quay', controllerId: 'quay-motors' };

/** What ends the rounds of each tablet that a test opened: its storage is taken away. */
const endings: (() => void)[] = [];

vi.mock('./database.ts', async (original) => ({
  ...(await original<typeof import('./database.ts')>()),
  openDatabase: async (onLost: () => void): Promise<Database> => {
    endings.push(onLost);
    return Object.assign(tablet.core.database, { close: () => undefined });
  },
}));

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  vi.stubGlobal('navigator', {
    storage: { persist: async () => true },
    locks: { request: async (_: string, __: object, take: (lock: object) => unknown) => void take({}) },
  });
  vi.stubGlobal('IDBKeyRange', { lowerBound: (seq: number) => ({ seq }) });
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
afterEach(async () => {
  // A round that is on its way would else go on with the next test's server.
  for (const end of endings.splice(0)) end();
  for (let turn = 0; turn < 20; turn += 1) await breathe();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Storage and signatures answer in their own time, which is not the page's. */
const realTimeout = globalThis.setTimeout;
const breathe = () => new Promise((resolve) => realTimeout(resolve, 1));

/** Lets the tablet's own rounds run, as they do on a page that nobody touches, until something is so. Gives how long that took, or null. */
async function leaveAloneUntil(
  isSo: () => boolean | Promise<boolean>,
  mostMs: number,
): Promise<number | null> {
  const begun = Date.now();
  while (Date.now() - begun < mostMs) {
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    for (let turn = 0; turn < 3; turn += 1) await breathe();
    if (await isSo()) return Date.now() - begun;
  }
  return null;
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
  const isClosed = async () => (await tablet.entriesOf('tally-closed')).length === 1;
  expect(await leaveAloneUntil(isClosed, 2 * DAY_MS)).not.toBeNull();
  expect(await database.getAll('receipts')).toMatchObject([{ contribution: 'counted' }]);
  const isCut = async () => JSON.stringify(await database.getAll('receipts')).includes('"cut"');
  expect(await leaveAloneUntil(isCut, 32 * DAY_MS)).toBeGreaterThan(27 * DAY_MS);
});

it('lets a visit alone: what is due waits until it is over', async () => {
  const opened = await openTablet(null, 'test');
  if (!opened.ok) throw new Error(opened.reason);
  await opened.tablet.addToTally('left');
  opened.tablet.beginVisit();
  await leaveAloneUntil(() => false, DAY_MS);
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
    return path === apiPaths.head ? Response.json({ head }) : new Response(null, { status: 204 });
  });
  return asked;
}

it('reports its health and asks for settings also where no batch gets through', async () => {
  const asked = lossyServer(null);
  const opened = await openTablet(null, 'test');
  if (!opened.ok) throw new Error(opened.reason);
  await leaveAloneUntil(() => asked.length >= 4, 60 * DAY_MS);
  const paths = asked.map(({ path }) => path);
  expect(paths.slice(0, 4)).toEqual([apiPaths.head, apiPaths.entries, apiPaths.health, apiPaths.config]);
});

it('reports its health and asks for settings while a backlog of hours gets through, and goes on at once', async () => {
  const { core } = tablet;
  const body = { noticeHash: 'b'.repeat(64) as never, language: 'en', version: '1' };
  for (let more = 0; more < 7; more += 1)
    await commit(core.database, core, ({ append }) => append('notice-in-force', body));
  let elapsedMs = 0;
  vi.stubGlobal('performance', { now: () => elapsedMs });
  const asked: string[] = [];
  let head: Head | null = null;
  // A link that carries one record in 25 seconds.
  vi.stubGlobal('fetch', async (path: string, request: { body?: string }) => {
    asked.push(path);
    if (path === apiPaths.health) return new Response(null, { status: 204 });
    if (path === apiPaths.config) return new Response(null, { status: 304 });
    if (path !== apiPaths.entries) return Response.json({ head });
    elapsedMs += 25 * SECOND_MS;
    const [first] = (JSON.parse(request.body ?? '') as EntriesRequest).records;
    if (first === undefined) throw new Error('There is a record.');
    head = { seq: first.entry.seq, hash: hashEntry(first.entry) };
    return Response.json({ head });
  });
  const opened = await openTablet(null, 'test');
  if (!opened.ok) throw new Error(opened.reason);
  const { entries, health, config } = apiPaths;
  const turn = [apiPaths.head, entries, entries, entries, health, config];
  const last = [apiPaths.head, entries, entries, health, config];
  const all = [...turn, ...turn, ...last];
  const begun = Date.now();
  while (asked.length < all.length && Date.now() - begun < 5 * SECOND_MS) {
    await vi.advanceTimersByTimeAsync(1);
    await breathe();
  }
  expect(asked).toEqual(all);
});

it('looks for a newer version where the server sends settings that it does not know, and goes on as often as before', async () => {
  let looks = 0;
  let reports = 0;
  const update = async () => {
    looks += 1;
  };
  vi.stubGlobal('navigator', {
    ...navigator,
    serviceWorker: { getRegistration: async () => ({ update }) },
  });
  const config = { ...configOf('Quay Motors Ltd', 30, 10), fieldOfLater: true };
  let head: Head | null = null;
  vi.stubGlobal('fetch', async (path: string, { body = '' }: { body?: string }) => {
    if (path === apiPaths.config) return Response.json(config);
    if (path === apiPaths.health) reports += 1;
    if (path === apiPaths.health) return new Response(null, { status: 204 });
    if (path !== apiPaths.entries) return Response.json({ head });
    const last = (JSON.parse(body) as EntriesRequest).records.at(-1)?.entry;
    if (last === undefined) throw new Error('There is a record.');
    head = { seq: last.seq, hash: hashEntry(last) };
    return Response.json({ head });
  });
  const opened = await openTablet(null, 'test');
  if (!opened.ok) throw new Error(opened.reason);
  const timeUntil = async (isSo: () => boolean, mostMs: number) => {
    const begun = Date.now();
    while (!isSo() && Date.now() - begun < mostMs) {
      await vi.advanceTimersByTimeAsync(SECOND_MS);
      await breathe();
    }
    return Date.now() - begun;
  };
  await timeUntil(() => looks > 0, MINUTE_MS);
  expect(looks).toBe(1);
  expect(await timeUntil(() => looks > 1, HOUR_MS)).toBeGreaterThan(9 * MINUTE_MS);
  expect(looks).toBe(2);
  // After ten minutes of rounds that counted as failed each would be half of five minutes away from the next at least.
  const before = reports;
  expect(await timeUntil(() => reports === before + 3, HOUR_MS)).toBeLessThan(7 * MINUTE_MS);
  expect(opened.tablet.config()).toEqual(configOf('Quay Motors Ltd', 30, 10));
});

it('asks nobody, and tells staff why, where the server was put back further than entries are kept here', async () => {
  const { core } = tablet;
  await commit(core.database, core, ({ transaction }) => writeMeta(transaction, 'firstKept', 5));
  const asked = lossyServer(null);
  const opened = await openTablet(null, 'test');
  if (!opened.ok) throw new Error(opened.reason);
  // On a busy machine a request may run out of its time, which is turned by the hour here, and is asked again.
  await leaveAloneUntil(() => asked.some(({ path }) => path === apiPaths.config), 60 * DAY_MS);
  expect(opened.tablet.refusal()).toBe('server-behind');
  expect([...new Set(asked.map(({ path }) => path))]).toEqual([
    apiPaths.head,
    apiPaths.health,
    apiPaths.config,
  ]);
  const report = asked.find(({ path }) => path === apiPaths.health);
  expect(JSON.parse(report?.body ?? '')).toMatchObject({ state: 'resting', problem: 'server-behind' });
});

it('asks visitors again from the first batch on that is taken, also where the next one is lost', async () => {
  const { core } = tablet;
  await commit(core.database, core, ({ append }) =>
    append('notice-in-force', { noticeHash: 'b'.repeat(64) as never, language: 'en', version: '1' }),
  );
  await keepRefusal(core.database, core, 'not-paired');
  const reports: string[] = [];
  let batches = 0;
  vi.stubGlobal('fetch', async (path: string, { body = '' }: { body?: string }) => {
    if (path === apiPaths.pair) return Response.json(PAIRED);
    if (path === apiPaths.head) return Response.json({ head: null });
    if (path === apiPaths.config) return new Response(null, { status: 304 });
    if (path === apiPaths.health) reports.push(body);
    if (path !== apiPaths.entries) return new Response(null, { status: 204 });
    batches += 1;
    if (batches > 1) throw new DOMException('It took too long.', 'TimeoutError');
    const [first] = (JSON.parse(body) as EntriesRequest).records;
    if (first === undefined) throw new Error('There is a record.');
    return Response.json({ head: { seq: first.entry.seq, hash: hashEntry(first.entry) } });
  });
  const opened = await openTablet('ABCDEFGHJK', 'test');
  if (!opened.ok) throw new Error(opened.reason);
  // The hours that are turned here may end a turn of sending after any batch.
  expect(await leaveAloneUntil(() => batches > 1 && reports.length > 0, DAY_MS)).not.toBeNull();
  expect(JSON.parse(reports[0] ?? '')).toMatchObject({ state: 'ready', problem: null });
  expect(opened.tablet.refusal()).toBeNull();
  expect(await readMeta(core.database, 'refusal')).toBeNull();
});

describe('a tablet that was paired and waits for a code', () => {
  beforeEach(async () => {
    await keepRefusal(tablet.core.database, tablet.core, 'not-paired');
    vi.stubGlobal('fetch', async () => Response.json({ reason: 'pairing-code-wrong' }, { status: 403 }));
  });

  it('closes the look that lost power and does what is due, at each try', async () => {
    const { core, database } = tablet;
    const now = core.now();
    await commit(core.database, core, async ({ transaction }) => {
      const counted = {
        purposes: ['count'],
        contribution: 'counted',
        issuedAt: now,
        countedAt: now,
      } as const;
      await transaction.objectStore('receipts').put({ id: receiptId, ...counted });
      await writeMeta(transaction, 'openLook', { lookId: idNamed('look'), receiptIds: [receiptId] });
    });
    for (let day = 0; day <= 31; day += 1) {
      expect(await openTablet(null, 'test')).toEqual({ ok: false, reason: 'code-needed' });
      if (day === 0) expect(await tablet.entriesOf('look-closed')).toMatchObject([{ ending: 'interrupted' }]);
      if (day === 0) expect(await database.getAll('receipts')).toMatchObject([{ contribution: 'counted' }]);
      vi.setSystemTime(Date.now() + DAY_MS);
    }
    expect(await tablet.entriesOf('retention-run')).toMatchObject([{ linksCut: 1 }]);
  });

  it('says so also where it has never had any settings', async () => {
    const { core } = tablet;
    await commit(core.database, core, ({ transaction }) => transaction.objectStore('meta').delete('config'));
    expect(await openTablet(null, 'test')).toEqual({ ok: false, reason: 'code-needed' });
  });
});

describe('a tablet whose server tells a time that lies ten weeks ahead', () => {
  /** Everything is taken, and each answer has such a time. */
  function serverAhead(headers: Record<string, string>) {
    vi.stubGlobal('fetch', async (path: string, { body = '' }: { body?: string }) => {
      const said = { 'x-server-time': toIso(instant(Date.now() + 70 * DAY_MS)), ...headers };
      if (path === apiPaths.config) return new Response(null, { status: 304, headers: said });
      if (path === apiPaths.health) return new Response(null, { status: 204, headers: said });
      const records = path === apiPaths.entries ? (JSON.parse(body) as EntriesRequest).records : [];
      const last = records.at(-1)?.entry;
      const head = last === undefined ? null : { seq: last.seq, hash: hashEntry(last) };
      return Response.json({ head }, { headers: said });
    });
  }
  async function linkOnTablet(): Promise<string | undefined> {
    const { core, database } = tablet;
    const counted = { id: receiptId, purposes: ['count'], contribution: 'counted' } as const;
    const at = core.now();
    await commit(core.database, core, async ({ transaction }) => {
      await transaction.objectStore('receipts').put({ ...counted, issuedAt: at, countedAt: at });
    });
    const opened = await openTablet(null, 'test');
    if (!opened.ok) throw new Error(opened.reason);
    const lead = () => opened.tablet.now() - Date.now();
    const link = async () => {
      const [receipt] = (await database.getAll('receipts')) as StoredReceipt[];
      return receipt?.contribution;
    };
    // An answer that came while an hour was turned here is too vague, and on a busy machine several are.
    await leaveAloneUntil(() => lead() > 0, 5 * DAY_MS);
    expect(lead()).toBe(70 * DAY_MS);
    await leaveAloneUntil(async () => (await link()) === undefined, DAY_MS);
    return link();
  }

  it('goes by it, but deletes nothing where the server itself would not', async () => {
    serverAhead({});
    expect(await linkOnTablet()).toBe('counted');
  });

  it('does what is due by it where the server would too', async () => {
    serverAhead({ 'x-server-clock': 'believed' });
    expect(await linkOnTablet()).toBeUndefined();
  });
});

describe('a tablet that cannot be opened', () => {
  beforeEach(() => {
    vi.stubGlobal('reportError', () => undefined);
  });

  it.each(['identity', 'clock', 'config', 'refusal'])(
    'says so in words where its %s cannot be read, and opens once it can be',
    async (key) => {
      const get = tablet.database.get.bind(tablet.database);
      tablet.database.get = async (store, asked) => {
        if (asked === key) throw new DOMException('The file cannot be read.', 'UnknownError');
        return get(store, asked);
      };
      expect(await openTablet(null, 'test')).toEqual({ ok: false, reason: 'storage-failed' });
      tablet.database.get = get;
      expect(await openTablet(null, 'test')).toMatchObject({ ok: true });
    },
  );

  it('says that its address is not safe where the browser so gives it neither locks nor keys nor a camera', async () => {
    vi.stubGlobal('isSecureContext', false);
    vi.stubGlobal('navigator', {});
    expect(await openTablet(null, 'test')).toEqual({ ok: false, reason: 'not-secure' });
  });
});
