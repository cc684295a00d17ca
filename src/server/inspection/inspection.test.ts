import { describe, expect, it } from 'vitest';
import { type Controller, hashNotice } from '#consent';
import { AGE_BANDS, GENDERS } from '#counting';
import { apiPaths, type Inspection, inspectionSchema } from '#protocol';
import { DAY_MS, HOUR_MS, type Instant, type LookId, type ReceiptId, type ShopId } from '#values';
import { makePairingCode } from '../kiosk/pair.ts';
import { withdrawReceipt } from '../receipt/withdraw-receipt.ts';
import { runRetention } from '../retention/run-retention.ts';
import { putShop } from '../shops.ts';
import type { RunningServer } from '../start-server.ts';
import { must } from '../testing/must.ts';
import { quayShop } from '../testing/quay-shop.ts';
import { startTestServer, turnableClock } from '../testing/start-test-server.ts';
import { TestKiosk, taken } from '../testing/test-kiosk.ts';
import { DEMO_CONTROLLER, signInAs } from '../testing/test-officer.ts';
import { DEMO_SHOP } from '../testing/test-staff.ts';

const MONDAY = Date.parse('2026-03-02T10:00:00Z') as Instant;
const WHOLE_WEEK = { from: '2026-03-02', to: '2026-03-08' };

async function shopOnMonday() {
  const clock = turnableClock(MONDAY);
  const server = await startTestServer({ now: clock.now });
  const kiosk = await TestKiosk.paired(server.url, clock.now);
  // The clock stands still in a visit, and a look may be a second longer than clocks say.
  kiosk.lookMs = 1_000;
  const officer = await signInAs(server, 'officer');
  const inspect = async (period = WHOLE_WEEK, doesRetentionRun = true): Promise<Inspection> => {
    // As every hour; the clock may have been turned past some.
    if (doesRetentionRun) await runRetention(server.context);
    // Signed in anew: the clock may have been turned past the end of a session.
    const caller = await signInAs(server, 'officer');
    const response = await caller(`${apiPaths.inspection(DEMO_SHOP)}?${new URLSearchParams(period)}`);
    return inspectionSchema.parse(await response.json());
  };
  return { clock, server, kiosk, officer, inspect };
}

const problemsIn = ({ problems }: Inspection) => problems.map(({ problem }) => problem);

describe('an inspection', () => {
  it('finds every look and every second covered, and nothing wrong', async () => {
    const { kiosk, inspect } = await shopOnMonday();
    await kiosk.visit();
    await kiosk.visit(['count', 'demographics']);
    const pair = [await kiosk.receipt(), await kiosk.receipt()];
    for (const receipt of pair) kiosk.issue(receipt);
    kiosk.look(
      pair.map(({ id }) => id),
      'nobody',
    );
    await kiosk.sync();
    const found = await inspect();
    expect(found.problems).toEqual([]);
    expect(found.looks).toMatchObject({
      opened: 3,
      covered: 3,
      cameraMs: 3_000,
      coveredMs: 3_000,
      stillOpen: 0,
    });
    expect(found.looks.byEnding).toMatchObject({ counted: 2, nobody: 1, interrupted: 0 });
    expect(found.receipts).toEqual({
      issued: 4,
      pruned: 0,
      byPurpose: { count: 4, demographics: 1 },
      byGiver: { visitor: 4, guardian: 0 },
      byLanguage: { en: 4 },
    });
    expect(found.contributions).toBe(2);
    expect(found.kiosks).toMatchObject([
      { isChainWhole: true, entries: kiosk.records.length, checkpoint: { isVerified: true }, refusals: {} },
    ]);
    const used = found.notices.filter(({ receipts }) => receipts > 0);
    expect(used).toMatchObject([{ language: 'en', version: '1', receipts: 4, isInForce: true }]);
    // In the order in which visitors find their languages.
    expect(found.notices.slice(0, 4).map(({ language }) => language)).toEqual(['en', 'es', 'fr', 'de']);
    expect(new Set(found.notices.map(({ language }) => language)).size).toBe(found.notices.length);
  });

  it('leaves out what was before and after the days asked for, on the shop’s own calendar', async () => {
    const { clock, kiosk, inspect } = await shopOnMonday();
    await kiosk.visit();
    clock.turn(DAY_MS);
    await kiosk.visit();
    await kiosk.visit();
    // Nine to midnight in Dublin is still Tuesday.
    clock.turn(13 * HOUR_MS + 59 * 60_000);
    await kiosk.visit();
    clock.turn(60_000);
    await kiosk.visit();
    await kiosk.sync();
    const opened = async (from: string, to: string) => (await inspect({ from, to })).looks.opened;
    expect(await opened('2026-03-02', '2026-03-02')).toBe(1);
    expect(await opened('2026-03-03', '2026-03-03')).toBe(3);
    expect(await opened('2026-03-04', '2026-03-04')).toBe(1);
    expect(await opened('2026-03-02', '2026-03-04')).toBe(5);
    expect(await opened('2026-02-01', '2026-03-01')).toBe(0);
  });

  it('tells withdrawals by place, and how long they took to take effect and to reach the ledger', async () => {
    const { clock, server, kiosk, inspect } = await shopOnMonday();
    const [here, phone, late] = [await kiosk.visit(), await kiosk.visit(), await kiosk.visit()];
    kiosk.append('contribution-withdrawn', { receiptId: here.id, place: 'kiosk' });
    await kiosk.sync();
    await withdrawReceipt(server.context, taken(phone, 'phone'));
    clock.turn(90_000);
    kiosk.append('contribution-withdrawn', { receiptId: phone.id, place: 'phone' });
    await kiosk.sync();
    await withdrawReceipt(server.context, taken(late, 'staff'));
    const found = await inspect();
    expect(found.withdrawals).toEqual({
      made: 3,
      byPlace: { kiosk: 1, phone: 1, staff: 1 },
      inLedger: 2,
      effect: { timed: 3, tooLate: 0, medianMs: 0, longestMs: 0 },
      ledger: { timed: 1, medianMs: 90_000, longestMs: 90_000 },
    });
    expect(problemsIn(found)).toEqual([]);
    clock.turn(DAY_MS + 1);
    expect(problemsIn(await inspect())).toEqual(['withdrawal-late', 'kiosk-silent']);
  });

  it('tells how long staff still saw somebody who took their yes back on a tablet without a network', async () => {
    const { clock, kiosk, inspect } = await shopOnMonday();
    const [seen, never] = [await kiosk.visit(), await kiosk.receipt()];
    await kiosk.sync();
    clock.turn(2 * DAY_MS);
    kiosk.append('contribution-withdrawn', { receiptId: seen.id, place: 'kiosk' });
    // Counted and taken back before anything of it was sent: staff never saw it.
    kiosk.issue(never);
    const lookId = kiosk.look([never.id]);
    kiosk.append('contribution-recorded', { lookId, receiptId: never.id, headcount: 1 });
    kiosk.append('contribution-withdrawn', { receiptId: never.id, place: 'kiosk' });
    clock.turn(16 * DAY_MS);
    await kiosk.sync();
    expect((await inspect()).withdrawals).toMatchObject({
      made: 2,
      effect: { timed: 2, tooLate: 0, medianMs: 16 * DAY_MS, longestMs: 16 * DAY_MS },
    });
  });

  it('takes a count that comes together with its withdrawal for one that staff never saw, also where its receipt came before', async () => {
    const { clock, kiosk, inspect } = await shopOnMonday();
    const { id } = await kiosk.visit();
    // All but the count itself.
    await kiosk.send(kiosk.records.slice(0, -1));
    kiosk.append('contribution-withdrawn', { receiptId: id, place: 'kiosk' });
    clock.turn(DAY_MS);
    await kiosk.sync();
    expect((await inspect()).withdrawals).toMatchObject({ effect: { timed: 1, longestMs: 0 } });
  });

  it('goes on telling how long withdrawals took when the links are cut, and which came too late to change a count', async () => {
    const { clock, server, kiosk, inspect } = await shopOnMonday();
    const [early, late, tooLate] = [await kiosk.visit(), await kiosk.visit(), await kiosk.visit()];
    await kiosk.sync();
    await withdrawReceipt(server.context, taken(early, 'phone'));
    kiosk.append('contribution-withdrawn', { receiptId: late.id, place: 'kiosk' });
    clock.turn(20 * DAY_MS);
    await kiosk.sync();
    clock.turn(15 * DAY_MS);
    await runRetention(server.context);
    await withdrawReceipt(server.context, taken(tooLate, 'phone'));
    expect((await inspect({ from: '2026-03-01', to: '2026-08-31' })).withdrawals).toMatchObject({
      made: 3,
      effect: { timed: 2, tooLate: 1, medianMs: 20 * DAY_MS, longestMs: 20 * DAY_MS },
      ledger: { timed: 0, medianMs: null, longestMs: null },
    });
  });

  it('goes on telling how many were counted, and finds nothing wrong, when the links are cut and the receipts gone', async () => {
    const { clock, kiosk, inspect } = await shopOnMonday();
    // More than one batch of retention, which may end between a yes and its look.
    for (let visits = 0; visits < 90; visits += 1) await kiosk.visit();
    kiosk.append('contribution-withdrawn', { receiptId: (await kiosk.visit()).id, place: 'kiosk' });
    await kiosk.sync();
    const before = await inspect();
    expect(before).toMatchObject({ contributions: 91, looks: { opened: 91, covered: 91 }, problems: [] });
    clock.turn(31 * DAY_MS);
    const cut = await inspect();
    expect(cut).toMatchObject({ contributions: 91, looks: { opened: 91, covered: 91 } });
    expect(problemsIn(cut)).toEqual(['kiosk-silent']);
    clock.turn(3 * 366 * DAY_MS);
    const gone = await inspect();
    expect(gone).toMatchObject({ contributions: 91, looks: { opened: 0, covered: 0, pruned: 91 } });
    expect(problemsIn(gone)).toEqual(['kiosk-silent']);
  });

  it('finds nothing wrong where a kiosk was lost before it wrote a withdrawal down, also when the receipt is gone', async () => {
    const { clock, server, kiosk, inspect } = await shopOnMonday();
    const receipt = await kiosk.visit();
    await kiosk.sync();
    await withdrawReceipt(server.context, taken(receipt, 'phone'));
    await server.context.db.updateTable('kiosk').set({ revoked_at: clock.now() }).execute();
    for (const days of [0, 31, 3 * 366]) {
      clock.turn(days * DAY_MS);
      expect(problemsIn(await inspect())).toEqual([]);
    }
    expect((await inspect()).receipts).toMatchObject({ issued: 0, pruned: 1 });
  });

  it('takes no look for uncovered whose receipt retention has just taken out', async () => {
    const { server, kiosk, inspect } = await shopOnMonday();
    await kiosk.visit();
    await kiosk.visit();
    await kiosk.sync();
    const { db } = server.context;
    const issued = must(kiosk.records.find(({ entry }) => entry.kind === 'receipt-issued'));
    const { seq } = issued.entry;
    await db
      .updateTable('entry')
      .set({ record_json: JSON.stringify({ ...issued, body: null }) })
      .where('seq', '=', seq)
      .execute();
    await db
      .insertInto('pruned')
      .values({ kiosk_id: must(kiosk.paired).kioskId, class: 'receipt', through_seq: seq })
      .execute();
    const found = await inspect();
    expect(found.problems).toEqual([]);
    expect(found.looks).toMatchObject({ opened: 1, covered: 1, pruned: 1, cameraMs: 1_000 });
  });

  it('gives the whole text of each notice in force, and of each that people of these days were told', async () => {
    const { server, kiosk, inspect } = await shopOnMonday();
    await kiosk.visit();
    await kiosk.sync();
    const row = await server.context.db.selectFrom('shop').selectAll().executeTakeFirstOrThrow();
    await putShop(server.context, {
      controller: { ...(await demoController(server)), contact: 'new@harbour-street.example' },
      shop: JSON.parse(row.shop_json),
      settings: JSON.parse(row.settings_json),
    });
    const { notices } = await inspect();
    const english = notices.filter(({ language }) => language === 'en');
    expect(english).toMatchObject([
      { version: '1', isInForce: false, receipts: 1 },
      { version: '2', isInForce: true, receipts: 0 },
    ]);
    const contacts = english.map(({ texts }) => texts.who.answer.split(', ').at(-1));
    expect(contacts).toEqual(['privacy@harbour-street.example', 'new@harbour-street.example']);
    const { controller } = must(kiosk.config);
    for (const { hash, version, language, texts } of notices) {
      const notice = {
        id: 'counting',
        version,
        controllerId: controller.id,
        jurisdiction: 'IE',
        language,
        texts,
      };
      expect(hashNotice(notice)).toBe(hash);
    }
  });

  it('tells how many receipts the controller has of all its shops and all time, and of no other controller', async () => {
    const { clock, server, kiosk, inspect } = await shopOnMonday();
    await putShop(server.context, quayShop);
    const second = { ...quayShop.shop, id: 'second' as ShopId };
    await putShop(server.context, { ...quayShop, controller: await demoController(server), shop: second });
    await kiosk.visit();
    await kiosk.sync();
    for (const { id } of [quayShop.shop, second]) {
      const code = await makePairingCode(server.context, id);
      const other = await TestKiosk.paired(server.url, clock.now, must(code));
      await other.visit();
      await other.sync();
    }
    const found = await inspect({ from: '2026-02-01', to: '2026-02-02' });
    expect(found.receipts.issued).toBe(0);
    expect(found.ofController).toEqual({ shops: 2, receiptsKept: 2 });
  });

  it('tells the longest time in which a kiosk wrote nothing', async () => {
    const { clock, kiosk, inspect } = await shopOnMonday();
    await kiosk.visit();
    clock.turn(2 * DAY_MS);
    await kiosk.visit();
    clock.turn(HOUR_MS);
    await kiosk.sync();
    const pauseIn = async (period = WHOLE_WEEK) => (await inspect(period)).kiosks[0]?.longestPause;
    expect(await pauseIn()).toEqual({ from: '2026-03-02T10:00:00.000Z', to: '2026-03-04T10:00:00.000Z' });
    expect(await pauseIn({ from: '2026-03-03', to: '2026-03-03' })).toEqual({
      from: '2026-03-03T00:00:00.000Z',
      to: '2026-03-04T00:00:00.000Z',
    });
    expect(await pauseIn({ from: '2026-02-01', to: '2026-02-02' })).toBeNull();
  });

  it('tells how long who was quicker than the tablet waited, and gives the tablet its day from the arrival on', async () => {
    const { clock, server, kiosk, inspect } = await shopOnMonday();
    const receipt = await kiosk.visit();
    await withdrawReceipt(server.context, taken(receipt, 'phone'));
    clock.turn(20 * DAY_MS);
    await kiosk.sync();
    expect(problemsIn(await inspect())).toEqual([]);
    kiosk.append('contribution-withdrawn', { receiptId: receipt.id, place: 'phone' });
    await kiosk.sync();
    expect((await inspect()).withdrawals).toMatchObject({
      made: 1,
      inLedger: 1,
      effect: { timed: 1, longestMs: 0 },
      ledger: { timed: 1, longestMs: 20 * DAY_MS },
    });
  });

  it('holds no age and no gender, and releases of all time only', async () => {
    const { kiosk, inspect } = await shopOnMonday();
    for (let visits = 0; visits < 11; visits += 1) await kiosk.visit(['count', 'demographics']);
    kiosk.append('release', { people: 11, change: { '25-39/female': 4, '40-59/male': 7 } });
    await kiosk.sync();
    const found = await inspect();
    expect(found.releases).toEqual({ made: 1, people: 11, smallest: 11 });
    expect((await inspect({ from: '2026-02-01', to: '2026-02-01' })).releases).toEqual(found.releases);
    for (const word of [...AGE_BANDS, ...GENDERS]) expect(JSON.stringify(found)).not.toContain(`"${word}`);
  });

  it.each([
    ['no days', ''],
    ['one day', '?from=2026-03-02'],
    ['days in the wrong order', '?from=2026-03-02&to=2026-03-01'],
    ['a day that no calendar has', '?from=2026-02-30&to=2026-03-01'],
    ['an hour', '?from=2026-03-02T10&to=2026-03-02T11'],
    ['something more', '?from=2026-03-02&to=2026-03-03&purpose=demographics'],
    ['a day twice', '?from=2026-03-02&from=2026-03-03&to=2026-03-03'],
    ['SQL', "?from=2026-03-02'--&to=2026-03-03"],
  ])('is refused with %s', async (_, query) => {
    const { officer } = await shopOnMonday();
    const response = await officer(`${apiPaths.inspection(DEMO_SHOP)}${query}`);
    expect(`${response.status} ${await response.text()}`).toBe('400 {"reason":"malformed"}');
  });

  it('is for officers and administrators', async () => {
    const { server } = await shopOnMonday();
    const path = `${apiPaths.inspection(DEMO_SHOP)}?${new URLSearchParams(WHOLE_WEEK)}`;
    const statusOf = async (role: 'staff' | 'officer' | 'administrator') =>
      (await (await signInAs(server, role))(path)).status;
    expect([await statusOf('staff'), await statusOf('officer'), await statusOf('administrator')]).toEqual([
      403, 200, 200,
    ]);
  });
});

describe('what a ledger leaves open, as the check that anybody can run tells it,', () => {
  it('is told of a look that only the kiosk’s word says was short', async () => {
    const { clock, kiosk, inspect } = await shopOnMonday();
    await kiosk.visit();
    const receipt = await kiosk.receipt();
    kiosk.issue(receipt);
    const look = { lookId: 'L'.repeat(22) as LookId, receiptIds: [receipt.id] };
    kiosk.append('look-opened', look);
    clock.turn(2 * HOUR_MS);
    const frames = { framesSeen: 7, framesRefused: 0 };
    kiosk.append('look-closed', { ...look, ending: 'counted', openMs: 3_000, ...frames });
    kiosk.append('contribution-recorded', { lookId: look.lookId, receiptId: receipt.id, headcount: 1 });
    expect((await kiosk.sync()).status).toBe(200);
    const { notes, problems, kiosks } = await inspect();
    expect(problems).toEqual([]);
    const { id, name } = must(kiosks[0]);
    expect(notes).toEqual([{ note: 'long-looks', kiosk: { id, name }, count: 1, milliseconds: 2 * HOUR_MS }]);
    // Nothing has changed since, and the check is not run again.
    expect((await inspect()).notes).toEqual(notes);
  });

  it('is told of a look that is not closed, and of a kiosk that has sent nothing', async () => {
    const { clock, server, kiosk, inspect } = await shopOnMonday();
    const receipt = await kiosk.receipt();
    kiosk.issue(receipt);
    kiosk.append('look-opened', { lookId: 'L'.repeat(22) as LookId, receiptIds: [receipt.id] });
    await kiosk.sync();
    clock.turn(HOUR_MS);
    await TestKiosk.paired(server.url, clock.now);
    const { notes, problems } = await inspect();
    expect(problems).toEqual([]);
    expect(notes).toMatchObject([
      { note: 'look-open-at-end', kiosk: { name: '1' }, count: 1, milliseconds: null },
      { note: 'no-entries', kiosk: { name: '2' } },
    ]);
  });

  it('is nothing where each look was closed in its time', async () => {
    const { kiosk, inspect } = await shopOnMonday();
    await kiosk.visit();
    await kiosk.sync();
    expect((await inspect()).notes).toEqual([]);
  });
});

describe('an inspection finds', () => {
  type Setting = Awaited<ReturnType<typeof shopOnMonday>>;

  /** Somebody who can write in the database, and cannot sign. */
  const tampering: readonly (readonly [string, string, (setting: Setting) => Promise<unknown>])[] = [
    [
      'a look that was written into the database alone',
      'look-not-in-ledger',
      ({ server, kiosk }) =>
        server.context.db
          .insertInto('look')
          .values({
            id: 'A'.repeat(22) as LookId,
            kiosk_id: must(kiosk.paired).kioskId,
            receipt_ids_json: '[]',
            ending: 'counted',
          })
          .execute(),
    ],
    [
      'a look whose receipt was taken out of the ledger',
      'look-uncovered',
      ({ server }) => server.context.db.deleteFrom('entry').where('kind', '=', 'receipt-issued').execute(),
    ],
    [
      'a look whose receipts were changed',
      'look-uncovered',
      ({ server }) => rewrite(server, 'look-opened', { receiptIds: ['B'.repeat(22) as ReceiptId] }),
    ],
    [
      'a body that was changed',
      'chain-broken',
      ({ server }) => rewrite(server, 'look-closed', { openMs: 1 }),
    ],
    [
      'entries that were cut off at the end',
      'chain-broken',
      ({ server, kiosk }) =>
        server.context.db
          .deleteFrom('entry')
          .where('seq', '>', kiosk.records.length - 3)
          .execute(),
    ],
    [
      'a checkpoint that somebody else signed',
      'checkpoint-wrong',
      ({ server }) => server.context.db.updateTable('checkpoint').set({ checkpoint: 'a.b.c' }).execute(),
    ],
    [
      'checkpoints that are gone',
      'checkpoint-missing',
      ({ server }) => server.context.db.deleteFrom('checkpoint').execute(),
    ],
    [
      'entries after the newest head that the kiosk signed',
      'checkpoint-missing',
      async ({ server, kiosk, clock }) => {
        clock.turn(DAY_MS);
        await kiosk.visit();
        await kiosk.sync();
        // A server that is honest keeps a signed head with each batch.
        const newest = must(kiosk.records.at(-1)).entry.seq;
        await server.context.db.deleteFrom('checkpoint').where('seq', '=', newest).execute();
      },
    ],
    [
      'two tablets with one key',
      'fork',
      ({ server, clock }) => server.context.db.updateTable('kiosk').set({ forked_at: clock.now() }).execute(),
    ],
    [
      'a kiosk that is silent for more than a day',
      'kiosk-silent',
      async ({ clock }) => clock.turn(DAY_MS + 1),
    ],
    [
      'a camera that was open for longer than a yes allows, by a second more than timers are late',
      'look-too-long',
      async ({ kiosk }) => {
        kiosk.lookMs = 22_001;
        await kiosk.visit();
        // Kept all the same: a tablet that hung must not lose what comes after, nor the proof of it.
        expect((await kiosk.sync()).status).toBe(200);
      },
    ],
    [
      'a camera that was opened again and again for one yes',
      'rule-broken',
      async ({ kiosk }) => {
        const { id } = await kiosk.visit();
        kiosk.look([id], 'nobody');
        // Taken all the same, for the same reason.
        expect((await kiosk.sync()).status).toBe(200);
      },
    ],
    [
      'an hour in which staff see more people than were counted',
      'numbers-differ',
      ({ server }) =>
        server.context.db
          .insertInto('anonymous_hour')
          .values({ shop_id: DEMO_SHOP as ShopId, hour: '2026-03-02T10', counted: 1_000 })
          .execute(),
    ],
    [
      'people whom staff do not see',
      'numbers-differ',
      ({ server }) => server.context.db.updateTable('receipt').set({ hour: null }).execute(),
    ],
    [
      'somebody who took their yes back and is counted again',
      'numbers-differ',
      async ({ server, kiosk }) => {
        const { id } = await kiosk.visit();
        kiosk.append('contribution-withdrawn', { receiptId: id, place: 'kiosk' });
        await kiosk.sync();
        await server.context.db.updateTable('receipt').set({ withdrawn_at: null }).execute();
      },
    ],
    [
      'a tally that was changed',
      'numbers-differ',
      async ({ server, kiosk, clock }) => {
        clock.turn(HOUR_MS);
        kiosk.append('tally-closed', { hour: '2026-03-02T10', declined: 7, left: 1 });
        await kiosk.sync();
        await server.context.db.updateTable('tally').set({ declined: 0 }).execute();
      },
    ],
    [
      'ages that nobody released',
      'numbers-differ',
      ({ server }) =>
        server.context.db
          .insertInto('released_cell')
          .values({ shop_id: DEMO_SHOP as ShopId, cell: '25-39/female', people: 10 })
          .execute(),
    ],
    [
      'what the server refused',
      'refused',
      async ({ kiosk }) => {
        kiosk.append('contribution-withdrawn', { receiptId: 'C'.repeat(22) as ReceiptId, place: 'kiosk' });
        expect((await kiosk.sync()).status).toBe(422);
      },
    ],
  ];

  it.each(tampering)('%s', async (_, problem, tamper) => {
    const setting = await shopOnMonday();
    for (let visits = 0; visits < 3; visits += 1) await setting.kiosk.visit();
    await setting.kiosk.sync();
    expect(problemsIn(await setting.inspect())).toEqual([]);
    await tamper(setting);
    const found = await setting.inspect();
    expect(problemsIn(found)).toContain(problem);
    if (problem === 'look-uncovered') expect(found.looks.coveredMs).toBeLessThan(found.looks.cameraMs);
  });

  it('how far the check of the file comes, where it ends at something that is told in other words', async () => {
    const { kiosk, inspect } = await shopOnMonday();
    kiosk.lookMs = 22_001;
    await kiosk.visit();
    kiosk.lookMs = 1_000;
    const { id } = await kiosk.visit();
    kiosk.look([id], 'nobody');
    await kiosk.sync();
    const { problems } = await inspect();
    expect(problems).toMatchObject([
      { problem: 'look-too-long' },
      { problem: 'not-checked-after', reason: 'look-too-long', kiosk: { name: '1' } },
    ]);
  });

  it('retention that has not got through for hours', async () => {
    const { clock, inspect } = await shopOnMonday();
    await inspect();
    clock.turn(3 * HOUR_MS);
    expect(problemsIn(await inspect(WHOLE_WEEK, false))).toEqual([]);
    clock.turn(1);
    expect((await inspect(WHOLE_WEEK, false)).problems).toMatchObject([
      { problem: 'retention-late', time: '2026-03-02T10:00:00.000Z' },
    ]);
    expect(problemsIn(await inspect())).toEqual([]);
  });

  it('a ledger of what the server deleted that is not whole', async () => {
    const { server, clock, kiosk, inspect } = await shopOnMonday();
    await kiosk.visit();
    await kiosk.sync();
    clock.turn(31 * DAY_MS);
    expect(problemsIn(await inspect())).toEqual(['kiosk-silent']);
    await server.context.db.updateTable('retention').set({ links_cut: 0 }).execute();
    expect(problemsIn(await inspect(WHOLE_WEEK, false))).toContain('retention-ledger-wrong');
  });

  it('two tablets with one key, until the kiosk is shut out, and then for the days on which it happened', async () => {
    const { server, clock, inspect } = await shopOnMonday();
    const { db } = server.context;
    await db.updateTable('kiosk').set({ forked_at: clock.now() }).execute();
    const later = { from: '2026-03-09', to: '2026-03-15' };
    expect(problemsIn(await inspect(later))).toEqual(['fork']);
    await db.updateTable('kiosk').set({ revoked_at: clock.now() }).execute();
    expect(problemsIn(await inspect())).toEqual(['fork']);
    expect(problemsIn(await inspect(later))).toEqual([]);
  });

  it('an earlier signed head that was changed after the last inspection', async () => {
    const { server, clock, kiosk, inspect } = await shopOnMonday();
    for (let days = 0; days < 2; days += 1) {
      await kiosk.visit();
      await kiosk.sync();
      clock.turn(DAY_MS - HOUR_MS);
    }
    expect(problemsIn(await inspect())).toEqual([]);
    const { db } = server.context;
    const [first, second] = await db.selectFrom('checkpoint').selectAll().orderBy('seq').execute();
    await db
      .updateTable('checkpoint')
      .set({ checkpoint: must(second).checkpoint.slice(0, -4) })
      .where('seq', '=', must(first).seq)
      .execute();
    expect((await inspect()).problems).toMatchObject([
      { problem: 'ledger-wrong', reason: expect.stringMatching(/^checkpoint-/) },
    ]);
  });

  it('a whole ledger that was written anew, by the head that the kiosk signed', async () => {
    const { server, kiosk, inspect } = await shopOnMonday();
    await kiosk.visit();
    await kiosk.sync();
    // The same kiosk with another story: every hash joins on, and only the signature is of the true one.
    const other = await TestKiosk.make(server.url, kiosk.now);
    Object.assign(other, { paired: kiosk.paired, config: kiosk.config, publicKey: kiosk.publicKey });
    await Promise.resolve();
    for (const { entry, body } of kiosk.records) {
      if (body === null) continue;
      const { salt: _, ...bare } = body;
      other.append(entry.kind, bare as never);
    }
    const { db } = server.context;
    for (const record of other.records) {
      await db
        .updateTable('entry')
        .set({ record_json: JSON.stringify(record) })
        .where('seq', '=', record.entry.seq)
        .execute();
    }
    await db
      .updateTable('kiosk')
      .set({ head_hash: must(other.head).hash })
      .execute();
    const found = await inspect();
    expect(found.kiosks[0]).toMatchObject({ isChainWhole: true, checkpoint: { isVerified: false } });
    expect(problemsIn(found)).toEqual(['checkpoint-wrong']);
  });

  it('the gravest first', async () => {
    const setting = await shopOnMonday();
    await setting.kiosk.visit();
    await setting.kiosk.sync();
    await rewrite(setting.server, 'look-opened', { receiptIds: ['B'.repeat(22) as ReceiptId] });
    setting.clock.turn(2 * DAY_MS);
    expect(problemsIn(await setting.inspect())).toEqual(['look-uncovered', 'chain-broken', 'kiosk-silent']);
  });
});

async function demoController({ context }: RunningServer): Promise<Controller> {
  const { controller_json } = await context.db
    .selectFrom('controller')
    .select('controller_json')
    .where('id', '=', DEMO_CONTROLLER)
    .executeTakeFirstOrThrow();
  return JSON.parse(controller_json) as Controller;
}

async function rewrite({ context }: RunningServer, kind: string, change: object): Promise<void> {
  const rows = await context.db.selectFrom('entry').selectAll().where('kind', '=', kind).execute();
  const { kiosk_id, seq, record_json } = must(rows[0]);
  const record = JSON.parse(record_json) as { body: object };
  await context.db
    .updateTable('entry')
    .set({ record_json: JSON.stringify({ ...record, body: { ...record.body, ...change } }) })
    .where('kiosk_id', '=', kiosk_id)
    .where('seq', '=', seq)
    .execute();
}
