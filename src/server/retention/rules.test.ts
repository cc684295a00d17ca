import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_KINDS } from '#ledger';
import { DAY_MS, type Instant, instant } from '#values';
import { dueBy, duePrefix, KINDS_OF } from './rules.ts';

const at = (iso: string) => instant(Date.parse(iso));
const NOW = at('2028-02-29T12:00:00.000Z');
const settings = { linkDays: 30, receiptYears: 3 };

describe('what is due', () => {
  it('is a link after its days and a receipt after its years, to the millisecond', () => {
    const { cutoff } = dueBy(settings, NOW);
    expect(cutoff.link).toBe(at('2028-01-30T12:00:00.000Z'));
    // There is no 29th of February in 2025, and what was written on the 1st of March has a day to go.
    expect(cutoff.receipt).toBe(at('2025-02-28T12:00:00.000Z'));
  });

  it('is nothing where the settings ask for longer than there has been time', () => {
    for (const endless of [1e6, Number.MAX_SAFE_INTEGER]) {
      expect(dueBy({ linkDays: endless, receiptYears: endless }, NOW).cutoff).toEqual({
        link: 0,
        receipt: 0,
      });
    }
  });

  it('is never a receipt before its link', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4_000 }), fc.nat({ max: 12 }), (linkDays, receiptYears) => {
        const { cutoff } = dueBy({ linkDays, receiptYears }, NOW);
        expect(cutoff.receipt).toBeLessThanOrEqual(cutoff.link);
      }),
    );
  });

  it('is always a prefix, whatever the times of the entries are', () => {
    const row = fc.record({ written: fc.nat({ max: 60 }), received: fc.nat({ max: 60 }) });
    fc.assert(
      fc.property(fc.array(row), (ages) => {
        const due = dueBy(settings, NOW);
        const daysAgo = (days: number): Instant => instant(NOW - days * DAY_MS);
        const rows = ages.map(({ written, received }) => ({
          written_at: daysAgo(written),
          received_at: daysAgo(received),
          told: null,
        }));
        const pruned = duePrefix(rows, 'link', due);
        expect(pruned).toEqual(rows.slice(0, pruned.length));
        const isDue = ages.map(({ written, received }) => written >= 30 && received >= 1);
        expect(isDue.slice(0, pruned.length)).not.toContain(false);
        expect(isDue[pruned.length] ?? false).toBe(false);
      }),
    );
  });

  it('leaves the bodies of all kinds alone that are about nobody', () => {
    const pruned = new Set([...KINDS_OF.link, ...KINDS_OF.receipt]);
    expect(ENTRY_KINDS.filter((kind) => !pruned.has(kind))).toEqual([
      'kiosk-paired',
      'notice-in-force',
      'release',
      'tally-closed',
      'clock-changed',
      'retention-run',
    ]);
  });
});
