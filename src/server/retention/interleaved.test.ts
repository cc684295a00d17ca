import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { checkChain } from '#ledger';
import { apiPaths } from '#protocol';
import { DAY_MS, HOUR_MS, type ReceiptId } from '#values';
import type { RunningServer } from '../start-server.ts';
import { must } from '../testing/must.ts';
import { startTestServer, temporaryDir, turnableClock } from '../testing/start-test-server.ts';
import { type GivenReceipt, TestKiosk } from '../testing/test-kiosk.ts';
import { KINDS_OF, PRUNED_CLASSES } from './rules.ts';
import { runRetention } from './run-retention.ts';
import { dyingDatabase, everCounted, storedRecords, visitWithClockOff } from './testing/retention-world.ts';

const RUNS = 25;
const LONG_MS = 60_000;
const LONGEST_SKEW_HOURS = 500;

/** Years of a kiosk and its server. Its clock is wrong now and then, it is offline now and then, and the server dies now and then. */
const events = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('visit' as const), skew: skewHours() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: fc.nat() }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(1, 9, 29, 31, 400) }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('run' as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('die' as const),
        at: fc.integer({ min: 1, max: 4 }),
        isCommitted: fc.boolean(),
      }),
    },
  ),
  { minLength: 8, maxLength: 30 },
);

function skewHours() {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -LONGEST_SKEW_HOURS, max: LONGEST_SKEW_HOURS }) },
  );
}

it(
  'leaves what one run would have left, after any interleaving of visits, runs, deaths and wrong clocks',
  async () => {
    await fc.assert(
      fc.asyncProperty(events, async (history) => {
        const { clock, oft, once, kiosk } = await twins();
        const visits: GivenReceipt[] = [];
        for (const event of history) {
          if (event.do === 'visit') visits.push(await visitWithClockOff(kiosk, event.skew * HOUR_MS));
          if (event.do === 'wait') clock.turn(event.days * DAY_MS);
          if (event.do === 'sync') await syncBoth(kiosk, oft, once);
          const receipt = event.do === 'withdraw' ? visits[event.which % visits.length] : undefined;
          // What comes after the cut can change no count: that is another test's.
          if (receipt !== undefined && (await isLinked(oft, receipt.id))) {
            await withdrawAtBoth(receipt, oft, once);
          }
          if (event.do === 'run' || event.do === 'die') {
            const counted = await everCounted(oft);
            const db = event.do === 'die' ? dyingDatabase(oft.context.db, event) : oft.context.db;
            await runRetention({ ...oft.context, db }).catch(() => undefined);
            expect(await everCounted(oft)).toBe(counted);
            await expectPrefixes(oft);
          }
        }
        await runRetention(oft.context);
        await runRetention(once.context);
        expect(await stateOf(oft)).toEqual(await stateOf(once));
        await oft.close();
        await once.close();
      }),
      { numRuns: RUNS },
    );
  },
  LONG_MS,
);

/** Two servers with one past and one kiosk: the same comes to both. */
async function twins() {
  const clock = turnableClock();
  const [oneDir, otherDir] = [await temporaryDir(), await temporaryDir()];
  const oft = await startTestServer({ dataDir: oneDir, now: clock.now });
  const kiosk = await TestKiosk.paired(oft.url, clock.now);
  await sql`vacuum into ${sql.lit(join(otherDir, 'askfirst.db'))}`.execute(oft.context.db);
  await cp(join(oneDir, 'demo.json'), join(otherDir, 'demo.json'));
  const once = await startTestServer({ dataDir: otherDir, now: clock.now });
  return { clock, oft, once, kiosk };
}

async function syncBoth(kiosk: TestKiosk, ...servers: readonly RunningServer[]): Promise<void> {
  for (const { url } of servers) {
    kiosk.url = url;
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
  }
}

async function isLinked({ context: { db } }: RunningServer, id: ReceiptId): Promise<boolean> {
  const row = await db.selectFrom('receipt').select('hour').where('id', '=', id).executeTakeFirst();
  return row !== undefined && row.hour !== null;
}

async function withdrawAtBoth(
  { id, secret }: GivenReceipt,
  ...servers: readonly RunningServer[]
): Promise<void> {
  for (const { url } of servers) {
    await fetch(`${url}${apiPaths.withdrawReceipt(id)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
    });
  }
}

/** The chain is whole, and of each class nothing younger is pruned while something older is not. */
async function expectPrefixes({ context: { db } }: RunningServer): Promise<void> {
  const records = await storedRecords(db);
  expect(checkChain(records, null)).toMatchObject({ ok: true });
  for (const prunedClass of PRUNED_CLASSES) {
    const pruned = records
      .filter(({ entry }) => KINDS_OF[prunedClass].includes(entry.kind))
      .map(({ body }) => body === null);
    expect(pruned).toEqual(pruned.toSorted((a, b) => Number(b) - Number(a)));
  }
  const ofNoClass = records.filter(
    ({ entry }) => !PRUNED_CLASSES.some((prunedClass) => KINDS_OF[prunedClass].includes(entry.kind)),
  );
  expect(ofNoClass.every(({ body }) => body !== null)).toBe(true);
}

/** All that retention touches, but for when it was done and in how many runs. */
async function stateOf({ context: { db } }: RunningServer) {
  const receipts = await db.selectFrom('receipt').selectAll().orderBy('id').execute();
  const sums = await db.selectFrom('retention').selectAll().execute();
  return {
    entries: await db.selectFrom('entry').selectAll().orderBy('seq').execute(),
    receipts: receipts.map(({ cut_at, ...receipt }) => ({ ...receipt, isCut: cut_at !== null })),
    anonymous: await db.selectFrom('anonymous_hour').selectAll().orderBy('hour').execute(),
    looks: await db.selectFrom('look').selectAll().orderBy('id').execute(),
    pruned: await db.selectFrom('pruned').selectAll().orderBy('class').execute(),
    sums: sums.map((row) => must(row)),
  };
}
