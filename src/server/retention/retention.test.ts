import { describe, expect, it } from 'vitest';
import { checkChain } from '#ledger';
import { apiPaths, type KioskConfig, kioskConfigSchema } from '#protocol';
import { DAY_MS, HOUR_MS, instant, type ReceiptId } from '#values';
import type { Database } from '../database/open.ts';
import { makePairingCode } from '../kiosk/pair.ts';
import { putShop } from '../shops.ts';
import { must } from '../testing/must.ts';
import { quayShop } from '../testing/quay-shop.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { type GivenReceipt, TestKiosk } from '../testing/test-kiosk.ts';
import { engines, testPostgres } from '../testing/test-postgres.ts';
import { forgetExpiredOf } from './forget-expired.ts';
import { beginProgress } from './progress.ts';
import { dueBy } from './rules.ts';
import { runRetention } from './run-retention.ts';
import {
  DEMO_CONTROLLER,
  dyingDatabase,
  everCounted,
  loggedRuns,
  retentionWorld,
  storedRecords,
} from './testing/retention-world.ts';

/** For those with hundreds of signatures, on a busy machine. */
const LONG_MS = 30_000;
const YEAR_MS = 365 * DAY_MS;
/** From here on a leap day lies within each three years. */
const NOON = instant(Date.UTC(2026, 10, 24, 12));
/** Three entries each are of the class of receipts, and a batch is of 200. */
const VISITS_OF_TWO_BATCHES = 70;
const { emptyPlace } = testPostgres();

async function askPhone(url: string, path: string, secret: string): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  return response.json();
}
const read = (url: string, { id, secret }: GivenReceipt) => askPhone(url, apiPaths.readReceipt(id), secret);
const withdraw = (url: string, { id, secret }: GivenReceipt) =>
  askPhone(url, apiPaths.withdrawReceipt(id), secret);

/** Gives what sets the retention of the only controller. */
async function settingsOf(db: Database): Promise<(retention: object) => Promise<unknown>> {
  const row = await db.selectFrom('controller').select('controller_json').executeTakeFirstOrThrow();
  return (retention) =>
    db
      .updateTable('controller')
      .set({ controller_json: JSON.stringify({ ...JSON.parse(row.controller_json), retention }) })
      .execute();
}

/** A shop whose years an administrator changes, and its kiosk, which learns of that when it asks. */
async function quayWorld(engine: (typeof engines)[number]) {
  const world = await retentionWorld(await emptyPlace(engine));
  const { server, clock } = world;
  const years = (receiptYears: number) =>
    putShop(server.context, {
      ...quayShop,
      controller: { ...quayShop.controller, retention: { linkDays: 14, receiptYears } },
    });
  await years(3);
  const code = await makePairingCode(server.context, quayShop.shop.id);
  const kiosk = await TestKiosk.paired(server.url, clock.now, code);
  const adopt = async () => {
    kiosk.config = kioskConfigSchema.parse((await kiosk.request('GET', apiPaths.config)).body);
  };
  return { ...world, kiosk, years, adopt };
}

describe.each(engines)('retention on %s', { timeout: LONG_MS }, (engine) => {
  const world = async () => retentionWorld(await emptyPlace(engine));

  it('cuts a link at the very end of its days, and changes no count by it', async () => {
    const { clock, server, kiosk, run } = await world();
    const { db } = server.context;
    const receipt = await kiosk.visit();
    await kiosk.sync();
    clock.turn(30 * DAY_MS - 1);
    await run();
    expect(await read(server.url, receipt)).toMatchObject({ contribution: 'counted' });
    expect(checkChain(await storedRecords(db), null)).toMatchObject({ pruned: 0 });
    clock.turn(1);
    await run();
    expect(await read(server.url, receipt)).toMatchObject({ contribution: 'anonymous', withdrawnAt: null });
    expect(await db.selectFrom('receipt').select('hour').execute()).toEqual([{ hour: null }]);
    expect(await everCounted(server)).toBe(1);
    const records = await storedRecords(db);
    expect(records.filter(({ body }) => body === null).map(({ entry }) => entry.kind)).toEqual([
      'contribution-recorded',
    ]);
    expect(checkChain(records, null)).toMatchObject({ ok: true, head: kiosk.head });
  });

  it('keeps a withdrawal after the cut, shows it, tells the kiosk, and changes no count', async () => {
    const { clock, server, kiosk, run } = await world();
    const receipt = await kiosk.visit();
    await kiosk.sync();
    clock.turn(31 * DAY_MS);
    await run();
    const answer = await withdraw(server.url, receipt);
    expect(answer).toMatchObject({ contribution: 'anonymous', withdrawnAt: expect.any(String) });
    const config = (await kiosk.request('GET', apiPaths.config)).body as KioskConfig;
    expect(config.withdrawals).toEqual([{ receiptId: receipt.id, place: 'phone' }]);
    kiosk.append('contribution-withdrawn', { receiptId: receipt.id, place: 'phone' });
    expect((await kiosk.sync()).status).toBe(200);
    expect(await read(server.url, receipt)).toEqual(answer);
    expect(await everCounted(server)).toBe(1);
  });

  it('keeps who withdrew before the cut out of the counts for good', async () => {
    const { clock, server, kiosk, run } = await world();
    const [first, second] = [await kiosk.visit(), await kiosk.visit()];
    kiosk.append('contribution-withdrawn', { receiptId: first.id, place: 'kiosk' });
    await kiosk.sync();
    await withdraw(server.url, second);
    clock.turn(40 * DAY_MS);
    await run();
    expect(await everCounted(server)).toBe(0);
    for (const receipt of [first, second]) {
      expect(await read(server.url, receipt)).toMatchObject({ contribution: 'withdrawn' });
    }
  });

  it('deletes receipts and looks after their years; numbers and chain stay', async () => {
    const { clock, server, kiosk, run } = await world();
    const { db } = server.context;
    const old = await kiosk.visit();
    await kiosk.sync();
    clock.turn(2 * YEAR_MS);
    const young = await kiosk.visit();
    await kiosk.sync();
    clock.turn(YEAR_MS + DAY_MS);
    await run();
    expect(await read(server.url, old)).toEqual({ state: 'unknown' });
    expect(await read(server.url, young)).toMatchObject({ contribution: 'anonymous', receipt: young.jws });
    expect(await everCounted(server)).toBe(2);
    expect(await db.selectFrom('look').select('id').execute()).toHaveLength(1);
    const records = await storedRecords(db);
    expect(checkChain(records, null)).toMatchObject({ ok: true, head: kiosk.head, pruned: 5 });
    expect(JSON.stringify(records)).not.toContain(old.jws);
    const stays = records.filter(({ entry }) => /^(kiosk-paired|notice-in-force)$/.test(entry.kind));
    expect(stays.every(({ body }) => body !== null)).toBe(true);
    // What was read as deleted is not made again by whoever holds the secret.
    await withdraw(server.url, old);
    expect(await everCounted(server)).toBe(2);
  });

  it('leaves no look behind whose receipt went in the batch before, though the setting was raised', async () => {
    const { clock, server, kiosk, run } = await world();
    const { db } = server.context;
    const set = await settingsOf(db);
    // The batch ends with a yes: its look is the first entry of the next.
    kiosk.issue(await kiosk.receipt());
    for (let visits = 0; visits < VISITS_OF_TWO_BATCHES; visits += 1) await kiosk.visit();
    await kiosk.sync();
    await set({ linkDays: 30, receiptYears: 5 });
    clock.turn(3 * YEAR_MS + DAY_MS);
    await run();
    expect(await db.selectFrom('receipt').select('id').execute()).toEqual([]);
    expect(await db.selectFrom('look').select('id').execute()).toEqual([]);
    expect(checkChain(await storedRecords(db), null)).toMatchObject({
      ok: true,
      pruned: 1 + 4 * VISITS_OF_TWO_BATCHES,
    });
  });

  it('deletes on the day that was promised what follows a look whose receipt was due before it', async () => {
    const { clock, server, kiosk, run } = await retentionWorld(await emptyPlace(engine), NOON);
    const { db } = server.context;
    const set = await settingsOf(db);
    const receipt = await kiosk.receipt();
    kiosk.issue(receipt);
    clock.turn(20_000);
    kiosk.look([receipt.id]);
    await kiosk.sync();
    clock.turn(DAY_MS);
    const next = await kiosk.visit();
    await kiosk.sync();
    await set({ linkDays: 30, receiptYears: 5 });
    // Three years after the yes, and ten seconds before they are over for its look.
    clock.turn(3 * YEAR_MS - 10_000);
    await run();
    clock.turn(DAY_MS + 10_000);
    await run();
    expect(await read(server.url, next)).toEqual({ state: 'unknown' });
    expect(checkChain(await storedRecords(db), null)).toMatchObject({ ok: true, pruned: 3 + 4 });
  });

  it('lets no promise that was longer for a while hold up the shorter one after it', async () => {
    const { server, kiosk, clock, run, years, adopt } = await quayWorld(engine);
    // The setting goes up, down and up again; each visitor is told what holds on their day.
    for (const receiptYears of [5, 3]) {
      await years(receiptYears);
      await adopt();
      await kiosk.visit();
      await kiosk.sync();
      clock.turn(DAY_MS);
    }
    await years(5);
    clock.turn(3 * YEAR_MS + DAY_MS);
    await run();
    expect(await server.context.db.selectFrom('receipt').select('id').execute()).toEqual([]);
  });

  it('holds who was told nothing that we can read to the setting of their day, so that it holds up nobody', async () => {
    const { server, kiosk, clock, run, years } = await quayWorld(engine);
    const { db } = server.context;
    await kiosk.visit();
    await kiosk.sync();
    await db.updateTable('receipt').set({ told_link_days: null, told_receipt_years: null }).execute();
    await kiosk.visit();
    await kiosk.sync();
    await years(5);
    clock.turn(3 * YEAR_MS + DAY_MS);
    await run();
    expect(await db.selectFrom('receipt').select('id').execute()).toEqual([]);
  });

  it('holds a receipt that comes late to the shortest time since it was given, so that it holds up nobody', async () => {
    const { server, kiosk, clock, run, years, adopt } = await quayWorld(engine);
    await years(5);
    await adopt();
    await kiosk.visit();
    clock.turn(DAY_MS);
    await years(3);
    await adopt();
    await kiosk.visit();
    clock.turn(DAY_MS);
    await years(5);
    await kiosk.sync();
    clock.turn(3 * YEAR_MS + DAY_MS);
    await run();
    expect(await server.context.db.selectFrom('receipt').select('id').execute()).toEqual([]);
  });

  it('gives a receipt that is given once a time was made longer all of that time', async () => {
    const { server, kiosk, clock, run, years, adopt } = await quayWorld(engine);
    await years(5);
    await adopt();
    clock.turn(1);
    await kiosk.visit();
    await kiosk.sync();
    clock.turn(3 * YEAR_MS + DAY_MS);
    await run();
    expect(await server.context.db.selectFrom('receipt').select('id').execute()).toHaveLength(1);
  });

  it('touches no receipt when its times change, however many there are, and remembers few of the times', async () => {
    const { server, kiosk, clock, years } = await quayWorld(engine);
    const { db } = server.context;
    await kiosk.visit();
    await kiosk.sync();
    const before = await db.selectFrom('receipt').selectAll().execute();
    for (const receiptYears of [2, 4, 2, 6, 1, 6]) {
      clock.turn(DAY_MS);
      await years(receiptYears);
    }
    expect(await db.selectFrom('receipt').selectAll().execute()).toEqual(before);
    expect(await db.selectFrom('earlier_retention').select('receipt_years').execute()).toEqual([
      { receipt_years: 1 },
    ]);
  });

  it('takes a batch again whose bodies are pruned, and changes nothing', async () => {
    const { clock, server, kiosk, run } = await world();
    await kiosk.visit();
    await kiosk.sync();
    clock.turn(4 * YEAR_MS);
    await run();
    const before = await storedRecords(server.context.db);
    expect(await kiosk.send(kiosk.records)).toMatchObject({ status: 200, body: { head: kiosk.head } });
    await kiosk.visit();
    expect(await kiosk.send(kiosk.records)).toMatchObject({ status: 200, body: { head: kiosk.head } });
    expect((await storedRecords(server.context.db)).slice(0, before.length)).toEqual(before);
    expect(await everCounted(server)).toBe(2);
  });

  it('logs each run that changed something in a chain, and names nobody in it', async () => {
    const { clock, server, kiosk, run } = await world();
    const { db } = server.context;
    const receipts = [await kiosk.visit(), await kiosk.visit()];
    await kiosk.sync();
    clock.turn(30 * DAY_MS);
    await run();
    await run();
    await kiosk.sync();
    clock.turn(3 * YEAR_MS);
    await run();
    const runs = await loggedRuns(db);
    expect(checkChain(runs, null)).toMatchObject({ ok: true, pruned: 0 });
    expect(runs.map(({ body }) => body)).toMatchObject([
      { linksCut: 2, receiptsDeleted: 0, bodiesPruned: 2, controllerId: DEMO_CONTROLLER },
      { linksCut: 0, receiptsDeleted: 2, bodiesPruned: 6 },
    ]);
    for (const { id } of receipts) expect(JSON.stringify(runs)).not.toContain(id);
  });

  it('lets runs overlap, and logs what was done once', async () => {
    const { clock, server, kiosk } = await world();
    for (let visits = 0; visits < 70; visits += 1) await kiosk.visit();
    await kiosk.sync();
    clock.turn(4 * YEAR_MS);
    await Promise.all([1, 2, 3].map(() => runRetention(server.context)));
    expect(await everCounted(server)).toBe(70);
    const runs = await loggedRuns(server.context.db);
    expect(checkChain(runs, null)).toMatchObject({ ok: true });
    expect(runs.map(({ body }) => body)).toMatchObject([
      { linksCut: 70, receiptsDeleted: 70, bodiesPruned: 280 },
    ]);
  });

  it('takes tablets in meanwhile', async () => {
    const { clock, server, kiosk } = await world();
    for (let visits = 0; visits < 70; visits += 1) await kiosk.visit();
    await kiosk.sync();
    clock.turn(4 * YEAR_MS);
    const running = runRetention(server.context);
    for (let visits = 0; visits < 10; visits += 1) {
      await kiosk.visit();
      expect((await kiosk.sync()).status).toBe(200);
    }
    await running;
    expect(await everCounted(server)).toBe(80);
  });
});

describe('retention by two nodes on one PostgreSQL', { timeout: LONG_MS }, () => {
  /** Two servers of their own, each with its own connections, and more work at each of two kiosks than one batch does. */
  async function twoNodes() {
    const place = await emptyPlace('PostgreSQL');
    const { clock, server, kiosk } = await retentionWorld(place);
    const other = await startTestServer({ ...place, now: clock.now });
    const second = await TestKiosk.paired(other.url, clock.now);
    for (const one of [kiosk, second]) {
      for (let visits = 0; visits < VISITS_OF_TWO_BATCHES; visits += 1) await one.visit();
      expect((await one.sync()).body).toEqual({ head: one.head });
    }
    clock.turn(4 * YEAR_MS);
    return { server, other };
  }

  it('does everything, nothing twice, and lets both end', async () => {
    const { server, other } = await twoNodes();
    const nodes = [server, other, server, other];
    await Promise.all(nodes.map(({ context }) => runRetention(context)));
    const all = 2 * VISITS_OF_TWO_BATCHES;
    expect(await everCounted(server)).toBe(all);
    const runs = await loggedRuns(server.context.db);
    expect(checkChain(runs, null)).toMatchObject({ ok: true });
    const sums = { linksCut: 0, receiptsDeleted: 0, bodiesPruned: 0 };
    for (const { body } of runs) {
      const done = body as unknown as typeof sums;
      for (const key of ['linksCut', 'receiptsDeleted', 'bodiesPruned'] as const) sums[key] += done[key];
    }
    expect(sums).toEqual({ linksCut: all, receiptsDeleted: all, bodiesPruned: 4 * all });
    const [kept] = await server.context.db.selectFrom('retention').selectAll().execute();
    expect(kept).toMatchObject({ links_cut: all, receipts_deleted: all, bodies_pruned: 4 * all });
    expect(await server.context.db.selectFrom('receipt').select('id').execute()).toEqual([]);
  });

  it('goes on with the other where one ends in the middle', async () => {
    const { server, other } = await twoNodes();
    const dying = dyingDatabase(server.context.db, { at: 1, isCommitted: true });
    const [died, ended] = await Promise.allSettled([
      runRetention({ ...server.context, db: dying }),
      runRetention(other.context),
    ]);
    expect([died.status, ended.status]).toEqual(['rejected', 'fulfilled']);
    const [kept] = await other.context.db.selectFrom('retention').selectAll().execute();
    const all = 2 * VISITS_OF_TWO_BATCHES;
    expect(kept).toMatchObject({ links_cut: all, receipts_deleted: all, bodies_pruned: 4 * all });
    expect(await everCounted(other)).toBe(all);
  });
});

describe('retention', { timeout: LONG_MS }, () => {
  it('keeps what came late for a day, so that its withdrawals come before the cut', async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    const receipt = await kiosk.visit();
    clock.turn(40 * DAY_MS);
    kiosk.append('contribution-withdrawn', { receiptId: receipt.id, place: 'kiosk' });
    await kiosk.send(kiosk.records.slice(0, -1));
    await run();
    expect(await everCounted(server)).toBe(1);
    await kiosk.sync();
    expect(await everCounted(server)).toBe(0);
    clock.turn(DAY_MS);
    await run();
    expect(await everCounted(server)).toBe(0);
    expect(await read(server.url, receipt)).toMatchObject({ contribution: 'withdrawn' });
  });

  it("cuts thirty days after the arrival where a tablet's clock ran ahead", async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    const receipt = await kiosk.receipt();
    kiosk.issue(receipt);
    const lookId = kiosk.look([receipt.id]);
    const ahead = instant(clock.now() + 10 * YEAR_MS);
    kiosk.append('contribution-recorded', { lookId, receiptId: receipt.id, headcount: 1 }, ahead);
    await kiosk.sync();
    clock.turn(30 * DAY_MS);
    await run();
    expect(await read(server.url, receipt)).toMatchObject({ contribution: 'anonymous' });
  });

  it('prunes nothing young because an old time stands behind it', async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    await kiosk.visit();
    const receipt = await kiosk.receipt();
    kiosk.issue(receipt);
    const lookId = kiosk.look([receipt.id]);
    const behind = instant(clock.now() - 10 * YEAR_MS);
    kiosk.append('contribution-recorded', { lookId, receiptId: receipt.id, headcount: 1 }, behind);
    await kiosk.sync();
    clock.turn(2 * DAY_MS);
    await run();
    expect(checkChain(await storedRecords(server.context.db), null)).toMatchObject({ pruned: 0 });
    clock.turn(28 * DAY_MS);
    await run();
    expect(checkChain(await storedRecords(server.context.db), null)).toMatchObject({ pruned: 2 });
  });

  it('refuses to count a receipt again whose link is cut', async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    const receipt = await kiosk.visit();
    await kiosk.sync();
    clock.turn(31 * DAY_MS);
    await run();
    const lookId = kiosk.look([receipt.id]);
    kiosk.append('contribution-recorded', { lookId, receiptId: receipt.id, headcount: 1 });
    expect(await kiosk.sync()).toMatchObject({ status: 422, body: { reason: 'contribution-twice' } });
    expect(await everCounted(server)).toBe(1);
  });

  it('takes the withdrawal of a receipt that was deleted meanwhile, and still refuses one that never was', async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    const receipt = await kiosk.visit();
    await kiosk.sync();
    const unknown = 'A'.repeat(22) as ReceiptId;
    const [records, head] = [kiosk.records.length, kiosk.head];
    kiosk.append('contribution-withdrawn', { receiptId: unknown, place: 'kiosk' });
    expect(await kiosk.sync()).toMatchObject({ status: 422, body: { reason: 'receipt-unknown' } });
    kiosk.records.length = records;
    kiosk.head = head;
    clock.turn(4 * YEAR_MS);
    await run();
    kiosk.append('contribution-withdrawn', { receiptId: receipt.id, place: 'phone' });
    expect((await kiosk.sync()).status).toBe(200);
    expect(await everCounted(server)).toBe(1);
  });

  it('never loses a count with its receipt, whatever the settings say', async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    const { db } = server.context;
    const set = await settingsOf(db);
    await kiosk.visit();
    await kiosk.sync();
    // As one that was taken in before its promise was noted.
    await db.updateTable('receipt').set({ told_link_days: null, told_receipt_years: null }).execute();
    await set({ linkDays: Number.MAX_SAFE_INTEGER, receiptYears: 0 });
    clock.turn(YEAR_MS);
    await run();
    expect(await everCounted(server)).toBe(1);
    expect(await db.selectFrom('receipt').select('id').execute()).toHaveLength(1);
    await set({ linkDays: 0, receiptYears: 0 });
    await run();
    expect(await everCounted(server)).toBe(1);
    expect(await db.selectFrom('receipt').select('id').execute()).toEqual([]);
  });

  it('keeps nothing for longer than its visitor was told, nor for longer than the settings say now', async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    const { db } = server.context;
    const set = await settingsOf(db);
    const linked = async () =>
      (await db.selectFrom('receipt').select('id').where('hour', 'is not', null).execute()).map(
        ({ id }) => id,
      );
    const before = await kiosk.visit();
    await kiosk.sync();
    await set({ linkDays: 90, receiptYears: 5 });
    const told = must(kiosk.config).controller.retention;
    kiosk.config = {
      ...must(kiosk.config),
      controller: { ...must(kiosk.config).controller, retention: { linkDays: 90, receiptYears: 5 } },
    };
    const after = await kiosk.visit();
    await kiosk.sync();
    expect(told).toEqual({ linkDays: 30, receiptYears: 3 });
    clock.turn(30 * DAY_MS - 1);
    await run();
    expect(await linked()).toHaveLength(2);
    clock.turn(1);
    await run();
    expect(await linked()).toEqual([after.id]);
    clock.turn(40 * DAY_MS);
    await run();
    expect(await linked()).toEqual([after.id]);
    await set({ linkDays: 60, receiptYears: 5 });
    await run();
    expect(await linked()).toEqual([]);
    expect(await everCounted(server)).toBe(2);
    clock.turn(3 * YEAR_MS);
    await run();
    expect(await read(server.url, before)).toEqual({ state: 'unknown' });
    expect(await read(server.url, after)).toMatchObject({ contribution: 'anonymous' });
  });

  it('works through what piled up in a year, in one run', async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    for (let week = 0; week < 52; week += 1) {
      for (let visits = 0; visits < 5; visits += 1) await kiosk.visit();
      await kiosk.sync();
      clock.turn(7 * DAY_MS);
    }
    await run();
    const linked = await server.context.db
      .selectFrom('receipt')
      .select('id')
      .where('hour', 'is not', null)
      .execute();
    // Four weeks, of 7, 14, 21 and 28 days, are not due yet.
    expect(linked).toHaveLength(4 * 5);
    expect(await everCounted(server)).toBe(52 * 5);
  });

  it('ends in the same state wherever it dies, and logs all of it once', async () => {
    // One batch for links, two for receipts, and the end.
    const deaths = [1, 2, 3, 4].flatMap((at) => [
      { at, isCommitted: false },
      { at, isCommitted: true },
    ]);
    const { clock, server, kiosk, run } = await retentionWorld();
    const { db } = server.context;
    let counted = 0;
    for (const death of deaths) {
      for (let visits = 0; visits < 70; visits += 1) await kiosk.visit();
      counted += 70;
      await kiosk.sync();
      clock.turn(4 * YEAR_MS);
      const logged = (await loggedRuns(db)).length;
      const dying = { ...server.context, db: dyingDatabase(db, death) };
      await expect(runRetention(dying)).rejects.toThrow('The power went.');
      await run();
      expect(await everCounted(server)).toBe(counted);
      const runs = (await loggedRuns(db)).slice(logged);
      expect(runs.map(({ body }) => body)).toMatchObject([
        { linksCut: 70, receiptsDeleted: 70, bodiesPruned: 280 },
      ]);
    }
    expect(checkChain(await loggedRuns(db), null)).toMatchObject({ ok: true });
    expect(checkChain(await storedRecords(db), null)).toMatchObject({ ok: true, head: kiosk.head });
  });

  it("goes by each controller's own settings, and trouble with one stops no other", async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    const { db } = server.context;
    await putShop(server.context, quayShop);
    const code = await makePairingCode(server.context, quayShop.shop.id);
    const quay = await TestKiosk.paired(server.url, clock.now, code);
    await kiosk.visit();
    await quay.visit();
    await kiosk.sync();
    await quay.sync();
    clock.turn(14 * DAY_MS);
    await run();
    const stillLinked = async () =>
      (await db.selectFrom('receipt').select('shop_id').where('hour', 'is not', null).execute()).map(
        ({ shop_id }) => shop_id,
      );
    expect(await stillLinked()).toEqual(['harbour-street']);
    expect(await loggedRuns(db)).toEqual([]);
    expect(await loggedRuns(db, quayShop.controller.id)).toHaveLength(1);
    await db
      .updateTable('entry')
      .set({ record_json: '{"broken' })
      .where('kiosk_id', '=', must(kiosk.paired).kioskId)
      .execute();
    await quay.visit();
    await quay.sync();
    clock.turn(30 * DAY_MS);
    await expect(run()).rejects.toThrow(SyntaxError);
    expect(await stillLinked()).toEqual(['harbour-street']);
    expect(await everCounted(server, 'quay')).toBe(2);
    expect(await loggedRuns(db, quayShop.controller.id)).toHaveLength(2);
  });

  it('forgets sign-ins, refusals and waiting withdrawals that are over, and logs how many of the last two', async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    const { db, now } = server.context;
    await must(server.demo).signInUrl();
    await withdraw(server.url, await kiosk.visit());
    await db
      .insertInto('refusal')
      .values({ id: 'x', kiosk_id: must(kiosk.paired).kioskId, refused_at: now(), reason: 'fork', seq: 1 })
      .execute();
    const rows = async () => {
      const tables = ['sign_in_link', 'refusal', 'waiting_withdrawal'] as const;
      return Promise.all(
        tables.map(async (table) => (await db.selectFrom(table).selectAll().execute()).length),
      );
    };
    await putShop(server.context, quayShop);
    await run();
    expect(await rows()).toEqual([1, 1, 1]);
    expect(await loggedRuns(db)).toEqual([]);
    clock.turn(4 * YEAR_MS);
    await run();
    expect(await rows()).toEqual([0, 0, 0]);
    const bodiesOf = async (id?: typeof quayShop.controller.id) =>
      (await loggedRuns(db, id)).map(({ body }) => body);
    expect(await bodiesOf()).toMatchObject([
      { linksCut: 0, receiptsDeleted: 0, bodiesPruned: 0, waitingDeleted: 1, refusalsDeleted: 1 },
    ]);
    // A withdrawal that waits names no controller, so each of the server says that it is gone.
    expect(await bodiesOf(quayShop.controller.id)).toMatchObject([{ waitingDeleted: 1, refusalsDeleted: 0 }]);
    await run();
    expect(await bodiesOf()).toHaveLength(1);
  });

  it('logs a refusal that a run forgot which was killed before its end', async () => {
    const { clock, server, kiosk, run } = await retentionWorld();
    const { db, now } = server.context;
    await db
      .insertInto('refusal')
      .values({ id: 'x', kiosk_id: must(kiosk.paired).kioskId, refused_at: now(), reason: 'fork', seq: 1 })
      .execute();
    clock.turn(4 * YEAR_MS);
    const due = dueBy({ linkDays: 30, receiptYears: 3 }, now());
    await beginProgress(db, DEMO_CONTROLLER);
    await forgetExpiredOf(db, DEMO_CONTROLLER, [must(kiosk.paired).kioskId], due);
    expect(await loggedRuns(db)).toEqual([]);
    await run();
    expect((await loggedRuns(db)).map(({ body }) => body)).toMatchObject([{ refusalsDeleted: 1 }]);
  });

  it('runs by itself when the server starts', async () => {
    const place = await emptyPlace('SQLite');
    const { clock, server, kiosk } = await retentionWorld(place);
    await kiosk.visit();
    await kiosk.sync();
    await server.close();
    clock.turn(30 * DAY_MS + HOUR_MS);
    const again = await startTestServer({ ...place, now: clock.now });
    await expect.poll(async () => (await loggedRuns(again.context.db)).length, { timeout: 10_000 }).toBe(1);
  });
});
