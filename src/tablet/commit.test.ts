import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkChain } from '#ledger';
import { HOUR_MS, SECOND_MS } from '#values';
import { CLOCK_CHANGE_MS } from './clock.ts';
import { commit } from './commit.ts';
import { memoryTablet } from './testing/memory-tablet.ts';

async function writeWhileTurning(turns: readonly number[]) {
  const tablet = memoryTablet();
  const { core } = tablet;
  for (const turn of turns) {
    tablet.turnClock(turn);
    await commit(core.database, core, ({ append }) =>
      append('retention-run', { cutoff: '2026-01-01T00:00:00.000Z' as never, linksCut: 0 }),
    );
  }
  return core.database.getAll('entries');
}

describe('writing entries', () => {
  it('keeps one chain whose times never run backward unsaid, however the clock is turned', async () => {
    const turn = fc.oneof(
      fc.integer({ min: -CLOCK_CHANGE_MS, max: CLOCK_CHANGE_MS }),
      fc.integer({ min: -30 * 24 * HOUR_MS, max: 30 * 24 * HOUR_MS }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 12 }), async (turns) => {
        const entries = await writeWhileTurning(turns);
        expect(checkChain(entries, null)).toMatchObject({ ok: true });
        expect(entries.filter(({ entry }) => entry.kind === 'retention-run')).toHaveLength(turns.length);
        for (const [index, { entry }] of entries.entries()) {
          const before = entries[index - 1]?.entry.time ?? entry.time;
          if (entry.kind !== 'clock-changed') expect(entry.time >= before).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says that the clock was turned back, and how wrong it may be now', async () => {
    const entries = await writeWhileTurning([0, -HOUR_MS, SECOND_MS]);
    expect(entries.map(({ entry }) => entry.kind)).toEqual([
      'retention-run',
      'clock-changed',
      'retention-run',
      'retention-run',
    ]);
    expect(entries[1]?.body).toMatchObject({ offsetMs: 0, uncertaintyMs: HOUR_MS });
  });

  it('lets a clock that slipped a little wait, and says nothing of it', async () => {
    const entries = await writeWhileTurning([0, -CLOCK_CHANGE_MS, SECOND_MS]);
    expect(new Set(entries.map(({ entry }) => entry.time)).size).toBe(1);
    expect(entries.map(({ entry }) => entry.kind)).not.toContain('clock-changed');
  });
});
