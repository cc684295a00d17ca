import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DAY_MS, HOUR_MS } from '#values';
import { startTestServer } from '../testing/start-test-server.ts';
import { engines, testPostgres } from '../testing/test-postgres.ts';
import { clockDoubt } from './clock-doubt.ts';
import { confirmClock } from './confirm-clock.ts';
import { runRetention } from './run-retention.ts';
import { loggedRuns, retentionWorld } from './testing/retention-world.ts';

const { emptyPlace } = testPostgres();
/** A scheduled run comes three seconds after the start. */
const FIRST_RUN = { timeout: 10_000 };

function operatorsLog() {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => log.mockRestore());
  return () => log.mock.calls.map(([line]) => String(line)).join('\n');
}

describe.each(engines)('retention under a clock that leapt ahead, on %s,', { timeout: 30_000 }, (engine) => {
  async function setUp() {
    const place = await emptyPlace(engine);
    const world = await retentionWorld(place);
    await world.kiosk.visit();
    await world.kiosk.sync();
    await world.run();
    const restart = async () => {
      await world.server.close();
      const again = await startTestServer({ ...place, now: world.clock.now });
      world.kiosk.url = again.url;
      return again;
    };
    return { ...world, restart };
  }

  it('deletes nothing and tells the operator, whoever is heard meanwhile', async () => {
    const said = operatorsLog();
    const { clock, kiosk, restart } = await setUp();
    const ranAt = clock.now();
    clock.turn(9 * 365 * DAY_MS);
    const server = await restart();
    await kiosk.visit();
    expect((await kiosk.sync()).status).toBe(200);
    await expect.poll(said, FIRST_RUN).toContain('npm run admin -- confirm-clock');
    expect(said()).toContain(new Date(clock.now()).toISOString().slice(0, 10));
    expect(said()).toContain(new Date(ranAt).toISOString().slice(0, 10));
    expect(await loggedRuns(server.context.db)).toEqual([]);
    expect(await server.context.db.selectFrom('receipt').select('id').execute()).toHaveLength(2);
    expect(await clockDoubt(server.context.db, clock.now())).toBe(ranAt);
  });

  it('goes on by itself once the clock is right again', async () => {
    const said = operatorsLog();
    const { clock, restart } = await setUp();
    clock.turn(9 * 365 * DAY_MS);
    const wrong = await restart();
    await expect.poll(said, FIRST_RUN).toContain('confirm-clock');
    clock.turn(31 * DAY_MS - 9 * 365 * DAY_MS);
    expect(await clockDoubt(wrong.context.db, clock.now())).toBeNull();
    const right = await restart();
    await expect.poll(async () => (await loggedRuns(right.context.db)).length, FIRST_RUN).toBe(1);
  });

  it('doubts no server that was off for two months, and one that was off for longer until a run was wanted', async () => {
    const { clock, server, run } = await setUp();
    const { db } = server.context;
    clock.turn(60 * DAY_MS);
    expect(await clockDoubt(db, clock.now())).toBeNull();
    clock.turn(HOUR_MS);
    expect(await clockDoubt(db, clock.now())).not.toBeNull();
    await run();
    expect(await clockDoubt(db, clock.now())).toBeNull();
  });

  it('doubts no longer once the clock is confirmed, also where it once ran under one that was years ahead', async () => {
    const { clock, server, run } = await setUp();
    const { context } = server;
    clock.turn(9 * 365 * DAY_MS);
    await run();
    clock.turn(61 * DAY_MS - 9 * 365 * DAY_MS);
    expect(await clockDoubt(context.db, clock.now())).not.toBeNull();
    await confirmClock(context);
    expect(await clockDoubt(context.db, clock.now())).toBeNull();
    const runs = await context.db.selectFrom('retention').select('last_run_at').execute();
    expect(runs).toEqual([{ last_run_at: clock.now() }]);
    clock.turn(61 * DAY_MS);
    expect(await clockDoubt(context.db, clock.now())).not.toBeNull();
  });

  it('believes no time that the clock has not reached, nor doubts where nothing is known', async () => {
    const { clock, server } = await retentionWorld(await emptyPlace(engine));
    const { db } = server.context;
    const now = clock.now();
    clock.turn(20 * 365 * DAY_MS);
    await runRetention(server.context);
    expect(await clockDoubt(db, now)).toBeNull();
    clock.turn(-10 * 365 * DAY_MS);
    expect(await clockDoubt(db, clock.now())).toBe(now);
    await db.deleteFrom('retention').execute();
    await db.deleteFrom('kiosk').execute();
    expect(await clockDoubt(db, clock.now())).toBeNull();
  });
});
