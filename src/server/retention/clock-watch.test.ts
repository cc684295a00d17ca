import { expect, it } from 'vitest';
import { apiPaths, SERVER_CLOCK_HEADER, SERVER_TIME_HEADER } from '#protocol';
import { DAY_MS, HOUR_MS, toIso } from '#values';
import { startTestServer, temporaryDir } from '../testing/start-test-server.ts';
import { clockWatch } from './clock-watch.ts';
import { retentionWorld } from './testing/retention-world.ts';

async function worldWithARun() {
  const dataDir = await temporaryDir();
  const world = await retentionWorld({ dataDir });
  await world.run();
  /** What a tablet is told of the time, and whether the server would delete by it. */
  const told = async () => {
    const { headers } = await world.kiosk.request('GET', apiPaths.head);
    expect(headers.get(SERVER_TIME_HEADER)).toBe(toIso(world.clock.now()));
    return headers.get(SERVER_CLOCK_HEADER);
  };
  const restart = async () => {
    await world.server.close();
    const again = await startTestServer({ dataDir, now: world.clock.now });
    world.kiosk.url = again.url;
    return again;
  };
  return { ...world, told, restart };
}

it('tablets are told from the first answer on that the time may be deleted by, where the server would itself', async () => {
  const { clock, told, restart } = await worldWithARun();
  expect(await told()).toBe('believed');
  clock.turn(60 * DAY_MS);
  await restart();
  expect(await told()).toBe('believed');
});

it('tablets are told the time alone after a start with a clock that leapt, until it is right again', async () => {
  const { clock, told, restart } = await worldWithARun();
  clock.turn(70 * DAY_MS);
  const server = await restart();
  expect(await told()).toBeNull();
  clock.turn(-69 * DAY_MS);
  await server.context.clock.check();
  expect(await told()).toBe('believed');
});

it('tablets are told the time alone from the moment on at which the clock leaps under a server that runs', async () => {
  const { clock, told } = await worldWithARun();
  clock.turn(60 * DAY_MS + HOUR_MS);
  expect(await told()).toBeNull();
});

it('no clock is believed before it has been checked', async () => {
  const { clock, server } = await worldWithARun();
  const watch = clockWatch(server.context.db, clock.now);
  expect(watch.isBelieved()).toBe(false);
  await watch.check();
  expect(watch.isBelieved()).toBe(true);
});
