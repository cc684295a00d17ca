import { describe, expect, it } from 'vitest';
import { instant, MINUTE_MS, type ShopId } from '#values';
import type { Database } from '../database/open.ts';
import { beginExport, isExporting } from './exports-underway.ts';

const [quay, mill] = ['quay', 'mill'] as ShopId[] as [ShopId, ShopId];
const at = (minutes: number) => instant(minutes * MINUTE_MS);
/** A server of its own: only which one it is matters here. */
const aDatabase = () => ({}) as Database;

describe('exports of a shop', () => {
  it('are two at a time, and another may begin when one has ended', () => {
    const db = aDatabase();
    const end = beginExport(db, quay, at(0));
    expect(end).not.toBeNull();
    expect(beginExport(db, quay, at(0))).not.toBeNull();
    expect(beginExport(db, quay, at(0))).toBeNull();
    expect(beginExport(db, mill, at(0))).not.toBeNull();
    end?.();
    end?.();
    expect(beginExport(db, quay, at(1))).not.toBeNull();
    expect(beginExport(db, quay, at(1))).toBeNull();
  });

  it('are twelve at a time in all shops together', () => {
    const db = aDatabase();
    const begun = Array.from({ length: 20 }, (_, shop) => beginExport(db, `shop-${shop}` as ShopId, at(0)));
    expect(begun.filter((end) => end !== null)).toHaveLength(12);
    expect(beginExport(aDatabase(), quay, at(0))).not.toBeNull();
  });

  it('hold retention up for ten minutes at most, from the first of those that overlap', () => {
    const db = aDatabase();
    const first = beginExport(db, quay, at(0));
    expect(isExporting(db, quay, at(9))).toBe(true);
    expect(isExporting(db, mill, at(9))).toBe(false);
    beginExport(db, quay, at(9));
    first?.();
    expect(isExporting(db, quay, at(10))).toBe(false);
  });

  it('never hold it up twice in a row, whenever they begin', () => {
    const db = aDatabase();
    for (const hour of [1, 2, 3]) {
      const end = beginExport(db, quay, at(hour * 60 - 1));
      expect(isExporting(db, quay, at(hour * 60))).toBe(hour === 1);
      end?.();
    }
    // It has come through while nothing was sent, so the next file is safe again.
    expect(isExporting(db, quay, at(240))).toBe(false);
    beginExport(db, quay, at(299));
    expect(isExporting(db, quay, at(300))).toBe(true);
  });

  it('may be many in an hour in which retention has nothing to do', () => {
    const db = aDatabase();
    beginExport(db, quay, at(0))?.();
    beginExport(db, quay, at(59));
    expect(isExporting(db, quay, at(60))).toBe(true);
  });
});
