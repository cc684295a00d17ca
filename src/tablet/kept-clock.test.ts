import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#values';
import { noteClock } from './kept-clock.ts';
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
