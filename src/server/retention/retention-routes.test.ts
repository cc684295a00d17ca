import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { checkChain, hashEntry, type LedgerRecord, sealEntry } from '#ledger';
import {
  apiPaths,
  kioskConfigSchema,
  type RetentionAnswer,
  retentionAnswerSchema,
  type StaffRole,
} from '#protocol';
import { type ControllerId, canonicalJson, DAY_MS, HOUR_MS, type IsoTime, instant, type Json } from '#values';
import type { DatabasePlace } from '../database/open.ts';
import { makePairingCode } from '../kiosk/pair.ts';
import { putPerson } from '../people.ts';
import { putShop } from '../shops.ts';
import { makeSignInToken } from '../staff/session.ts';
import type { RunningServer } from '../start-server.ts';
import { must } from '../testing/must.ts';
import { quayShop } from '../testing/quay-shop.ts';
import { TestKiosk } from '../testing/test-kiosk.ts';
import { engines, testPostgres } from '../testing/test-postgres.ts';
import { postSession } from '../testing/test-staff.ts';
import { beginProgress } from './progress.ts';
import { DEMO_CONTROLLER, loggedRuns, retentionWorld } from './testing/retention-world.ts';

const { emptyPlace } = testPostgres();
const NOON = instant(Date.UTC(2026, 10, 24, 12));

async function ask(
  server: RunningServer,
  role: StaffRole,
  controllerId: ControllerId = DEMO_CONTROLLER,
  path: string = apiPaths.retention,
): Promise<Response> {
  const personId = await putPerson(server.context, { name: role, role, controllerId });
  const signedIn = await postSession(server.url, await makeSignInToken(server.context, personId));
  const cookie = must(signedIn.headers.getSetCookie()[0]?.split(';')[0]);
  return fetch(`${server.url}${path}`, { headers: { cookie } });
}

async function answerFor(...asking: Parameters<typeof ask>): Promise<RetentionAnswer> {
  return retentionAnswerSchema.parse(await (await ask(...asking)).json());
}

describe('the retention of a controller', () => {
  it('is shown to its officers and administrators, and to nobody else', async () => {
    const { server } = await retentionWorld();
    expect((await fetch(`${server.url}${apiPaths.retention}`)).status).toBe(401);
    const staff = await ask(server, 'staff');
    expect([staff.status, await staff.json()]).toEqual([403, { reason: 'not-allowed' }]);
    for (const role of ['officer', 'administrator'] as const) {
      const answer = await ask(server, role);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('says what is set, and that nothing has run and nothing is due, on a new server', async () => {
    const { server } = await retentionWorld({}, NOON);
    expect(await answerFor(server, 'officer')).toEqual({
      controller: { id: DEMO_CONTROLLER, name: 'Harbour Street Motors Ltd' },
      asOf: '2026-11-24T12:00:00.000Z',
      settings: { linkDays: 30, receiptYears: 3 },
      lastRun: null,
      lastChange: null,
      done: { linksCut: 0, receiptsDeleted: 0, bodiesPruned: 0, waitingDeleted: 0, refusalsDeleted: 0 },
      due: { links: [], receipts: [] },
      head: null,
      isChainWhole: true,
    });
  });

  it('says what is due next and when, day by day, and what is late today', async () => {
    const { clock, server, kiosk } = await retentionWorld({}, NOON);
    for (const people of [2, 1, 3]) {
      for (let visits = 0; visits < people; visits += 1) await kiosk.visit();
      clock.turn(DAY_MS);
    }
    await kiosk.sync();
    const due = {
      links: [
        { date: '2026-12-24', count: 2 },
        { date: '2026-12-25', count: 1 },
        { date: '2026-12-26', count: 3 },
      ],
      receipts: [
        { date: '2029-11-24', count: 2 },
        { date: '2029-11-25', count: 1 },
        { date: '2029-11-26', count: 3 },
      ],
    };
    expect((await answerFor(server, 'officer')).due).toEqual(due);
    clock.turn(28 * DAY_MS);
    expect((await answerFor(server, 'officer')).due.links).toEqual([
      { date: '2026-12-25', count: 3 },
      { date: '2026-12-26', count: 3 },
    ]);
  });

  it('tells seven dates at most', async () => {
    const { clock, server, kiosk } = await retentionWorld({}, NOON);
    for (let day = 0; day < 12; day += 1) {
      await kiosk.visit();
      clock.turn(DAY_MS);
    }
    await kiosk.sync();
    const { due } = await answerFor(server, 'officer');
    expect(due.links).toHaveLength(7);
    expect(due.links[0]?.date).toBe('2026-12-24');
    expect(due.receipts).toHaveLength(7);
  });

  it('says what was done, when, and where the chain ends', async () => {
    const { clock, server, kiosk, run } = await retentionWorld({}, NOON);
    await kiosk.visit();
    await kiosk.sync();
    clock.turn(30 * DAY_MS);
    await run();
    clock.turn(DAY_MS);
    await run();
    const answer = await answerFor(server, 'administrator');
    const [logged] = await loggedRuns(server.context.db);
    expect(answer).toMatchObject({
      lastRun: '2026-12-25T12:00:00.000Z',
      lastChange: { time: '2026-12-24T12:00:00.000Z', linksCut: 1, receiptsDeleted: 0, bodiesPruned: 1 },
      done: { linksCut: 1, receiptsDeleted: 0, bodiesPruned: 1 },
      due: { links: [], receipts: [{ date: '2029-11-24', count: 1 }] },
      head: { seq: 0, hash: hashEntry(must(logged).entry) },
    });
  });

  it("is never another controller's", async () => {
    const { clock, server, kiosk, run } = await retentionWorld({}, NOON);
    await putShop(server.context, quayShop);
    await kiosk.visit();
    await kiosk.sync();
    clock.turn(30 * DAY_MS);
    await run();
    expect(await answerFor(server, 'officer', quayShop.controller.id)).toMatchObject({
      controller: { id: 'quay-cars', name: 'Quay Cars Ltd' },
      settings: { linkDays: 14, receiptYears: 2 },
      lastChange: null,
      done: { linksCut: 0 },
      due: { links: [], receipts: [] },
      head: null,
    });
  });

  it('has an answer for settings that no calendar knows', async () => {
    const { server, kiosk } = await retentionWorld({}, NOON);
    await kiosk.visit();
    await kiosk.sync();
    const { db } = server.context;
    const row = await db.selectFrom('controller').select('controller_json').executeTakeFirstOrThrow();
    const retention = { linkDays: Number.MAX_SAFE_INTEGER, receiptYears: Number.MAX_SAFE_INTEGER };
    const controller_json = JSON.stringify({ ...JSON.parse(row.controller_json), retention });
    await db.updateTable('controller').set({ controller_json }).execute();
    await db.updateTable('receipt').set({ told_link_days: null, told_receipt_years: null }).execute();
    const { due } = await answerFor(server, 'officer');
    expect(due).toEqual({
      links: [{ date: '9999-12-31', count: 1 }],
      receipts: [{ date: '9999-12-31', count: 1 }],
    });
  });

  it('tells the dates of what was promised where the settings ask for longer since', async () => {
    const { server, kiosk } = await retentionWorld({}, NOON);
    await kiosk.visit();
    await kiosk.sync();
    const { db } = server.context;
    const { due: before } = await answerFor(server, 'officer');
    const row = await db.selectFrom('controller').select('controller_json').executeTakeFirstOrThrow();
    const retention = { linkDays: 90, receiptYears: 9 };
    const controller_json = JSON.stringify({ ...JSON.parse(row.controller_json), retention });
    await db.updateTable('controller').set({ controller_json }).execute();
    expect((await answerFor(server, 'officer')).due).toEqual(before);
  });
});

describe.each(engines)('the dates of what is due, on %s,', (engine) => {
  it('are those of the shortest times that held since a receipt was given', async () => {
    const { clock, server } = await retentionWorld(await emptyPlace(engine), NOON);
    const hold = (linkDays: number, receiptYears: number) =>
      putShop(server.context, {
        ...quayShop,
        controller: { ...quayShop.controller, retention: { linkDays, receiptYears } },
      });
    const visit = async (kiosk: TestKiosk) => {
      kiosk.config = kioskConfigSchema.parse((await kiosk.request('GET', apiPaths.config)).body);
      clock.turn(HOUR_MS);
      await kiosk.visit();
      await kiosk.sync();
    };
    await hold(30, 5);
    const code = await makePairingCode(server.context, quayShop.shop.id);
    const kiosk = await TestKiosk.paired(server.url, clock.now, code);
    await visit(kiosk);
    await hold(14, 5);
    await visit(kiosk);
    await hold(30, 3);
    await visit(kiosk);
    await hold(30, 5);
    await visit(kiosk);
    expect((await answerFor(server, 'officer', quayShop.controller.id)).due).toEqual({
      links: [
        { date: '2026-12-08', count: 2 },
        { date: '2026-12-24', count: 2 },
      ],
      receipts: [
        { date: '2029-11-24', count: 3 },
        { date: '2031-11-24', count: 1 },
      ],
    });
  });
});

describe('the ledger of what retention did', () => {
  const ledger = (server: RunningServer, role: StaffRole, controllerId = DEMO_CONTROLLER) =>
    ask(server, role, controllerId, apiPaths.retentionLedger);

  /** Weeks in each of which, from the fifth on, something is deleted. */
  async function weeksOfRuns(place: Partial<DatabasePlace> = {}) {
    const made = await retentionWorld(place, NOON);
    for (let week = 0; week < 16; week += 1) {
      await made.kiosk.visit();
      await made.kiosk.sync();
      made.clock.turn(7 * DAY_MS);
      await made.run();
    }
    return made;
  }

  it('is given to officers and administrators as a file, a record a line, that anybody can check', async () => {
    const { server } = await weeksOfRuns();
    const runs = await loggedRuns(server.context.db);
    expect(runs.length).toBeGreaterThan(10);
    for (const role of ['officer', 'administrator'] as const) {
      const answer = await ledger(server, role);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
      expect(answer.headers.get('content-disposition')).toBe(
        'attachment; filename="askfirst-retention-harbour-street-motors-2027-03-16.jsonl"',
      );
      const text = await answer.text();
      expect(text.endsWith('\n')).toBe(true);
      const lines = text.trimEnd().split('\n');
      expect(lines).toEqual(runs.map((run) => canonicalJson(run as unknown as Json)));
      const records = lines.map((line) => JSON.parse(line) as LedgerRecord);
      const { head } = await answerFor(server, role);
      expect(checkChain(records, null)).toMatchObject({ ok: true, head, pruned: 0 });
    }
  });

  it('is given to nobody else, and never another controller’s', async () => {
    const { server } = await weeksOfRuns();
    await putShop(server.context, quayShop);
    expect((await fetch(`${server.url}${apiPaths.retentionLedger}`)).status).toBe(401);
    expect((await ledger(server, 'staff')).status).toBe(403);
    expect(await (await ledger(server, 'officer', quayShop.controller.id)).text()).toBe('');
  });

  it.each(engines)('is whole on %s, and said to be', async (engine) => {
    const { server } = await weeksOfRuns(await emptyPlace(engine));
    expect(await answerFor(server, 'officer')).toMatchObject({ isChainWhole: true });
  });

  it('is whole where entries are of before waiting withdrawals and refusals were told', async () => {
    const { clock, kiosk, server, run } = await retentionWorld({}, NOON);
    const { db } = server.context;
    const old = {
      controllerId: DEMO_CONTROLLER,
      cutoff: '2026-10-25T12:00:00.000Z' as IsoTime,
      linksCut: 0,
      receiptCutoff: '2023-11-24T12:00:00.000Z' as IsoTime,
      receiptsDeleted: 0,
      bodiesPruned: 2,
    };
    const { record, head } = sealEntry(null, 'retention-run', old, clock.now(), server.context.random);
    await beginProgress(db, DEMO_CONTROLLER);
    await db.updateTable('retention').set({ bodies_pruned: 2 }).execute();
    await db
      .insertInto('retention_entry')
      .values({ controller_id: DEMO_CONTROLLER, ...head, record_json: JSON.stringify(record) })
      .execute();
    expect(await answerFor(server, 'officer')).toMatchObject({
      isChainWhole: true,
      lastChange: { bodiesPruned: 2, waitingDeleted: 0, refusalsDeleted: 0 },
    });
    await kiosk.visit();
    await kiosk.sync();
    clock.turn(30 * DAY_MS);
    await run();
    expect(await answerFor(server, 'officer')).toMatchObject({ isChainWhole: true, head: { seq: 1 } });
  });

  const newest = sql`(select max(seq) from retention_entry)`;
  it.each([
    [
      'a sum that was changed',
      sql`update retention_entry set record_json = replace(record_json, '"linksCut":1', '"linksCut":0') where seq = 3`,
    ],
    ['an entry that was taken out of the middle', sql`delete from retention_entry where seq = 7`],
    ['the newest entry that was cut off', sql`delete from retention_entry where seq = ${newest}`],
    ['all entries that were cut off', sql`delete from retention_entry`],
    ['a text that is no record', sql`update retention_entry set record_json = 'gone' where seq = 5`],
    [
      'a body that was taken out',
      sql`update retention_entry set record_json =
        substr(record_json, 1, instr(record_json, ',"body":')) || '"body":null}' where seq = 5`,
    ],
    ['a hash that is not its entry’s', sql`update retention_entry set hash = 'x' where seq = 9`],
    ['a sum that the entries do not have', sql`update retention set links_cut = links_cut + 1`],
    ['refusals that the entries do not have', sql`update retention set refusals_deleted = 1`],
    ['waiting withdrawals that the entries do not have', sql`update retention set waiting_deleted = 1`],
  ])('is not whole with %s', async (_fault, change) => {
    const { server } = await weeksOfRuns();
    await change.execute(server.context.db);
    expect(await answerFor(server, 'officer')).toMatchObject({ isChainWhole: false });
    expect((await ledger(server, 'officer')).status).toBe(200);
  });

  it('is read anew only once it has grown', async () => {
    const { clock, kiosk, server, run } = await weeksOfRuns();
    const { db } = server.context;
    expect(await answerFor(server, 'officer')).toMatchObject({ isChainWhole: true });
    await sql`update retention_entry set record_json = replace(record_json, '"linksCut":1', '"linksCut":0')
      where seq = 3`.execute(db);
    expect(await answerFor(server, 'officer')).toMatchObject({ isChainWhole: true });
    await kiosk.visit();
    await kiosk.sync();
    clock.turn(30 * DAY_MS);
    await run();
    expect(await answerFor(server, 'officer')).toMatchObject({ isChainWhole: false });
  });
});
