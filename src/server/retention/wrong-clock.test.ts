import { describe, expect, it } from 'vitest';
import { checkChain } from '#ledger';
import { DAY_MS, HOUR_MS, type Instant, instant, SECOND_MS } from '#values';
import type { Database } from '../database/open.ts';
import { readReceipt } from '../receipt/read-receipt.ts';
import type { GivenReceipt, TestKiosk } from '../testing/test-kiosk.ts';
import { engines, testPostgres } from '../testing/test-postgres.ts';
import { everCounted, retentionWorld, storedRecords, visitWithClockOff } from './testing/retention-world.ts';

const LONG_MS = 30_000;
const WEEK_MS = 7 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;
/** Less than a visit has: so visits and what is said of the clock come in batches of their own. */
const SMALL_BATCH = 3;
const { emptyPlace } = testPostgres();

/** What a tablet writes whose clock was turned back while it had no network. */
function turnedBack(kiosk: TestKiosk, to: number, uncertaintyMs: number): void {
  kiosk.append('clock-changed', { offsetMs: 0, uncertaintyMs }, instant(to));
}

/** What it writes when the server then tells it the time. */
function compared(kiosk: TestKiosk, offsetMs: number): void {
  kiosk.append('clock-changed', { offsetMs, uncertaintyMs: 40 });
}

async function stateOf(db: Database, { id, secret }: GivenReceipt): Promise<string> {
  const answer = await readReceipt({ db }, { receiptId: id, secret, keyThumbprint: null });
  return answer.state === 'known' ? answer.contribution : 'unknown';
}

async function issuedAt(db: Database, { id }: GivenReceipt): Promise<Instant> {
  const row = await db
    .selectFrom('receipt')
    .select('issued_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.issued_at;
}

describe.each(engines)('retention on %s', { timeout: LONG_MS }, (engine) => {
  const world = async () => {
    const made = await retentionWorld(await emptyPlace(engine));
    await made.kiosk.visit();
    await made.kiosk.sync();
    return { ...made, db: made.server.context.db };
  };

  it('leaves visitors their thirty days where a tablet began anew with a clock five weeks behind', async () => {
    const { clock, db, kiosk, run } = await world();
    clock.turn(6 * WEEK_MS);
    turnedBack(kiosk, clock.now() - 5 * WEEK_MS, 8 * DAY_MS);
    const receipt = await visitWithClockOff(kiosk, -5 * WEEK_MS);
    compared(kiosk, 5 * WEEK_MS);
    await kiosk.sync(SMALL_BATCH);
    clock.turn(30 * DAY_MS - 1);
    await run();
    expect(await stateOf(db, receipt)).toBe('counted');
    clock.turn(1);
    await run();
    expect(await stateOf(db, receipt)).toBe('anonymous');
  });

  it('leaves visitors their receipts for their years where a clock began at 1970', async () => {
    const { clock, server, db, kiosk, run } = await world();
    clock.turn(DAY_MS);
    turnedBack(kiosk, HOUR_MS, clock.now());
    const receipt = await visitWithClockOff(kiosk, HOUR_MS - clock.now());
    await kiosk.sync(SMALL_BATCH);
    clock.turn(29 * DAY_MS);
    await run();
    expect(await stateOf(db, receipt)).toBe('counted');
    clock.turn(2 * YEAR_MS);
    await run();
    expect(await stateOf(db, receipt)).toBe('anonymous');
    clock.turn(YEAR_MS + DAY_MS);
    await run();
    expect(await stateOf(db, receipt)).toBe('unknown');
    expect(await everCounted(server)).toBe(2);
  });

  it('leaves visitors their days where only the comparison shows, in a later batch, that the clock was behind', async () => {
    const { clock, db, kiosk, run } = await world();
    compared(kiosk, 5 * SECOND_MS);
    await kiosk.sync();
    clock.turn(10 * WEEK_MS);
    const receipt = await visitWithClockOff(kiosk, -9 * WEEK_MS);
    const given = clock.now();
    clock.turn(WEEK_MS);
    await kiosk.sync();
    compared(kiosk, 9 * WEEK_MS + 5 * SECOND_MS);
    await kiosk.sync();
    expect(await issuedAt(db, receipt)).toBe(given);
    clock.turn(30 * DAY_MS - WEEK_MS - 1);
    await run();
    expect(await stateOf(db, receipt)).toBe('counted');
    clock.turn(1);
    await run();
    expect(await stateOf(db, receipt)).toBe('anonymous');
    expect(checkChain(await storedRecords(db), null)).toMatchObject({ ok: true, head: kiosk.head });
  });

  it('keeps nothing for longer where the clock was right, however late it comes', async () => {
    const { clock, db, kiosk, run } = await world();
    turnedBack(kiosk, clock.now() - DAY_MS, DAY_MS);
    compared(kiosk, DAY_MS);
    await kiosk.visit();
    await kiosk.sync();
    const receipt = await kiosk.visit();
    clock.turn(20 * DAY_MS);
    compared(kiosk, DAY_MS + 3 * SECOND_MS);
    await kiosk.sync(SMALL_BATCH);
    clock.turn(10 * DAY_MS - 1);
    await run();
    expect(await stateOf(db, receipt)).toBe('counted');
    clock.turn(1);
    await run();
    expect(await stateOf(db, receipt)).toBe('anonymous');
  });

  it('deletes nothing that honest visitors left where a stolen key claims that the clock was wrong', async () => {
    const { clock, db, kiosk, run } = await world();
    const honest = await kiosk.visit();
    await kiosk.sync();
    kiosk.append('clock-changed', { offsetMs: -50 * YEAR_MS, uncertaintyMs: 0 }, instant(0));
    await visitWithClockOff(kiosk, -clock.now());
    kiosk.append('clock-changed', { offsetMs: 50 * YEAR_MS, uncertaintyMs: 0 }, instant(0));
    await kiosk.sync(SMALL_BATCH);
    clock.turn(30 * DAY_MS - 1);
    await run();
    expect(await stateOf(db, honest)).toBe('counted');
    clock.turn(1);
    await run();
    expect(await stateOf(db, honest)).toBe('anonymous');
  });
});
