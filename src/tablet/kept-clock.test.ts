import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#values';
import { commit } from './commit.ts';
import { noteClock, readKeptClock } from './kept-clock.ts';
import { memoryTablet } from './testing/memory-tablet.ts';

/** As where the tablet slept for weeks before the answer came. */
const VAGUE = { offsetMs: -14 * DAY_MS, uncertaintyMs: 14 * DAY_MS };

describe('a comparison that says itself that it may be off by minutes', () => {
  it('neither moves the clock nor makes it believed', async () => {
    const { core, turnClock, entriesOf } = memoryTablet();
    turnClock(28 * DAY_MS);
    const before = { now: core.now(), reading: core.clock.reading() };
    await noteClock(core.database, core, VAGUE, true);
    expect({ now: core.now(), reading: core.clock.reading() }).toEqual(before);
    expect(core.clock.believed()).toBeNull();
    expect(await entriesOf('clock-changed')).toEqual([]);
  });

  it('begins after a minute either way', async () => {
    const { core } = memoryTablet();
    const begun = core.now();
    await noteClock(core.database, core, { offsetMs: HOUR_MS, uncertaintyMs: MINUTE_MS + 1 }, true);
    expect(core.now()).toBe(begun);
    await noteClock(core.database, core, { offsetMs: HOUR_MS, uncertaintyMs: MINUTE_MS }, true);
    expect(core.now()).toBe(begun + HOUR_MS);
  });
});

describe('a clock that was found to be changed while the disk was full', () => {
  /** A paired tablet that had no room to say that its clock is an hour behind. */
  async function untold() {
    const tablet = memoryTablet();
    const { core, database } = tablet;
    await commit(core.database, core, ({ append }) =>
      append('notice-in-force', { noticeHash: 'a'.repeat(64) as never, language: 'en', version: '1' }),
    );
    database.nextFault = new DOMException('The disk is full.', 'QuotaExceededError');
    await noteClock(core.database, core, { offsetMs: HOUR_MS, uncertaintyMs: 20 }, true);
    expect(await tablet.entriesOf('clock-changed')).toEqual([]);
    return tablet;
  }

  it('is told by the ledger at the next comparison, though that one agrees, and once', async () => {
    const { core, entriesOf } = await untold();
    for (let comparison = 0; comparison < 2; comparison += 1)
      await noteClock(core.database, core, { offsetMs: HOUR_MS + 10, uncertaintyMs: 20 }, true);
    expect(await entriesOf('clock-changed')).toMatchObject([{ offsetMs: HOUR_MS, uncertaintyMs: 30 }]);
    expect(await readKeptClock(core.database)).toMatchObject({ offsetMs: HOUR_MS });
  });

  it('is left alone where the storage was taken away meanwhile', async () => {
    const { core, database, entriesOf } = await untold();
    database.get = async () => {
      throw new DOMException('The connection is closing.', 'InvalidStateError');
    };
    await noteClock(core.database, core, { offsetMs: HOUR_MS, uncertaintyMs: 20 }, true);
    expect(await entriesOf('clock-changed')).toEqual([]);
  });
});
