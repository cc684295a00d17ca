import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkChain, type LedgerRecord } from '#ledger';
import { isSendable } from '#protocol';
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

  it.each([
    ['1904', -1904],
    ['1970', -1970],
    ['2010', -2010],
    ['the year 1', -1],
  ])('stays sendable where the clock was set to %s', async (_, year) => {
    const { core, database } = memoryTablet();
    const offsetMs = Date.UTC(2026, 10, 24) - new Date(0).setUTCFullYear(-year);
    await commit(core.database, core, ({ append }) =>
      append('clock-changed', { offsetMs, uncertaintyMs: 5 }),
    );
    const [stored] = (await database.getAll('entries')) as (LedgerRecord & { readonly seq: number })[];
    const { seq: _seq, ...record } = stored ?? expect.fail('It is written.');
    expect(isSendable(record as LedgerRecord)).toBe(true);
  });

  it('writes nothing that no server would ever take, and says so as a fault', async () => {
    const errors: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => errors.push(error));
    const { core, database } = memoryTablet();
    const receipt = `${'x'.repeat(40_000)}.y.z`;
    const receiptId = 'R'.repeat(22) as never;
    const secretHash = 'a'.repeat(64) as never;
    const committed = await commit(core.database, core, ({ append }) =>
      append('receipt-issued', { receiptId, purposes: ['count'], receipt, secretHash }),
    );
    expect(committed).toEqual({ ok: false, reason: 'storage-failed' });
    expect(await database.getAll('entries')).toEqual([]);
    expect(errors).toHaveLength(1);
  });

  it('says that the storage failed where the browser took it away', async () => {
    const { core, database } = memoryTablet();
    database.isGone = true;
    expect(await commit(core.database, core, async () => undefined)).toEqual({
      ok: false,
      reason: 'storage-failed',
    });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});
