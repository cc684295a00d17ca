import { describe, expect, it } from 'vitest';
import { HOUR_MS, instant } from '#values';
import { faultAfter, reportAfter } from '../testing/files.ts';
import type { LedgerMaker } from '../testing/ledger-maker.ts';

/** Dublin keeps UTC in winter. */
const close = (hour: string) => (maker: LedgerMaker) =>
  void maker.append('tally-closed', { hour, declined: 2, left: 1 });

describe('a tally', () => {
  it('is closed when its hour is over', async () => {
    const report = await reportAfter((maker) => {
      close('2026-03-02T08')(maker);
      close('2026-03-01T09')(maker);
    });
    expect(report.figures.tallies).toEqual({ closed: 2, declined: 4, left: 2 });
  });

  it('is refused while its hour lasts', async () => {
    expect(await faultAfter(close('2026-03-02T09'))).toBe('tally-too-early');
    expect(await faultAfter(close('2026-03-02T10'))).toBe('tally-too-early');
  });

  it('is measured by the clock of the shop, which is an hour ahead of UTC in summer', async () => {
    const inJuly = (hour: string) => (maker: LedgerMaker) => {
      maker.now = instant(Date.parse('2026-07-01T09:30:00.000Z'));
      close(hour)(maker);
    };
    expect(await faultAfter(inJuly('2026-07-01T09'))).toBe('in order');
    expect(await faultAfter(inJuly('2026-07-01T10'))).toBe('tally-too-early');
  });

  it('is refused twice', async () => {
    const reason = await faultAfter((maker) => {
      close('2026-03-02T08')(maker);
      maker.pass(HOUR_MS);
      close('2026-03-02T08')(maker);
    });
    expect(reason).toBe('tally-twice');
  });

  it('is refused of a day that no calendar has', async () => {
    expect(await faultAfter(close('2026-02-31T08'))).toBe('tally-hour-wrong');
  });
});
