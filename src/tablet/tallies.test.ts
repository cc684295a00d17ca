import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TALLY } from '#protocol';
import { HOUR_MS, MINUTE_MS } from '#values';
import { addToTally, closePastTallies } from './tallies.ts';
import { memoryTablet } from './testing/memory-tablet.ts';

const step = fc.oneof(
  fc.constantFrom('declined' as const, 'left' as const),
  fc.integer({ min: -5 * 60, max: 5 * 60 }),
  fc.constant('close' as const),
);

describe('tallies', () => {
  it('reach the ledger once an hour, whole, however the clock is turned', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const tablet = memoryTablet();
        const added = { declined: 0, left: 0 };
        for (const what of steps) {
          if (typeof what === 'number') tablet.turnClock(what * MINUTE_MS);
          else if (what === 'close') await closePastTallies(tablet.core);
          else {
            added[what] += 1;
            await addToTally(tablet.core, what);
          }
        }
        tablet.turnClock(14 * 24 * HOUR_MS);
        await closePastTallies(tablet.core);
        await closePastTallies(tablet.core);
        const closed = await tablet.entriesOf('tally-closed');
        const sum = (kind: string) => closed.reduce((total, body) => total + Number(body[kind]), 0);
        expect({ declined: sum('declined'), left: sum('left') }).toEqual(added);
        expect(new Set(closed.map(({ hour }) => hour)).size).toBe(closed.length);
      }),
      { numRuns: 40 },
    );
  });

  it('stop at what the wire takes, so that a stuck button keeps nothing from being sent', async () => {
    const tablet = memoryTablet();
    await addToTally(tablet.core, 'declined');
    const [tally] = await tablet.core.database.getAll('tallies');
    if (tally === undefined) throw new Error('There is a tally.');
    const stores = tablet.core.database.transaction('tallies', 'readwrite');
    await stores.objectStore('tallies').put({ ...tally, declined: MAX_TALLY });
    await stores.done;
    await addToTally(tablet.core, 'declined');
    tablet.turnClock(HOUR_MS);
    expect(await closePastTallies(tablet.core)).toEqual({ ok: true });
    expect(await tablet.entriesOf('tally-closed')).toMatchObject([{ declined: MAX_TALLY }]);
  });

  it('do not change an hour that the ledger has closed, where the clock is turned back to it', async () => {
    const tablet = memoryTablet();
    await addToTally(tablet.core, 'left');
    tablet.turnClock(HOUR_MS);
    await closePastTallies(tablet.core);
    tablet.turnClock(-HOUR_MS);
    await addToTally(tablet.core, 'left');
    tablet.turnClock(HOUR_MS);
    await closePastTallies(tablet.core);
    expect(await tablet.entriesOf('tally-closed')).toMatchObject([{ left: 1 }]);
  });

  it('lose nobody where the clock ran ahead, closed this hour and later ones, and was put right', async () => {
    const tablet = memoryTablet();
    await addToTally(tablet.core, 'declined');
    tablet.turnClock(HOUR_MS);
    await addToTally(tablet.core, 'declined');
    tablet.turnClock(2 * HOUR_MS);
    await closePastTallies(tablet.core);
    tablet.turnClock(-3 * HOUR_MS);
    await addToTally(tablet.core, 'declined');
    await addToTally(tablet.core, 'left');
    tablet.turnClock(3 * HOUR_MS);
    await closePastTallies(tablet.core);
    expect(await tablet.entriesOf('tally-closed')).toMatchObject([
      { hour: '2026-11-24T12', declined: 1, left: 0 },
      { hour: '2026-11-24T13', declined: 1, left: 0 },
      { hour: '2026-11-24T14', declined: 1, left: 1 },
    ]);
  });
});
