import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '#ledger';
import { DAY_MS } from '#values';
import { closeLook, openLook } from './looks.ts';
import { idNamed, type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';

const nobody = { ending: 'nobody', openMs: 3_000, framesSeen: 3, framesRefused: 0 } as const;

/** The ledger of a look of three seconds, during which the clock went on by this. */
async function ledgerAfter(tablet: MemoryTablet, clockMs: number): Promise<readonly LedgerRecord[]> {
  const opened = await openLook(tablet.core, [idNamed('receipt')]);
  if (!opened.ok) throw new Error('There is room for one look.');
  tablet.turnClock(clockMs);
  await closeLook(tablet.core, opened.look, { ...nobody, headcount: 0, demographics: null });
  return (await tablet.database.getAll('entries')) as LedgerRecord[];
}

describe('a look during which the clock was set', () => {
  it.each([[600], [-600], [-1_900]])(
    'says so before it says how long the camera was on (%i ms)',
    async (clockMs) => {
      const records = await ledgerAfter(memoryTablet(), clockMs);
      expect(records.map(({ entry }) => entry.kind)).toEqual(['look-opened', 'clock-changed', 'look-closed']);
      expect(records[1]?.body).toMatchObject({ offsetMs: 0, uncertaintyMs: 3_000 - clockMs });
    },
  );

  it('says a day of a camera that was open for longer, as of a tablet that slept: the wire takes no more', async () => {
    const tablet = memoryTablet();
    const opened = await openLook(tablet.core, [idNamed('receipt')]);
    if (!opened.ok) throw new Error('There is room for one look.');
    tablet.turnClock(3 * DAY_MS);
    const slept = { ...nobody, openMs: 3 * DAY_MS, headcount: 0, demographics: null };
    expect(await closeLook(tablet.core, opened.look, slept)).toEqual({ ok: true });
    expect(await tablet.entriesOf('look-closed')).toMatchObject([{ openMs: DAY_MS }]);
  });

  it('says nothing where it went on as it should, or a little slower', async () => {
    for (const clockMs of [2_600, 3_000, 9_000]) {
      const records = await ledgerAfter(memoryTablet(), clockMs);
      expect(records.map(({ entry }) => entry.kind)).toEqual(['look-opened', 'look-closed']);
    }
  });
});
