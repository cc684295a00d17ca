import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '#values';
import { retryDelay } from './retry-delay.ts';

const jitter = fc.double({ min: 0, max: 1, noNaN: true });

describe('the pause before the next try', () => {
  it('doubles, up to a minute', () => {
    expect([1, 2, 3, 4].map((failures) => retryDelay(failures, null, 1))).toEqual(
      [1, 2, 4, 8].map((s) => s * SECOND_MS),
    );
    expect(retryDelay(50, null, 1)).toBe(MINUTE_MS);
  });

  it('is never shorter than half of it, so that a shop’s screens spread out and still come soon', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), jitter, (failures, chance) => {
        const delay = retryDelay(failures, null, chance);
        expect(delay).toBeGreaterThanOrEqual(SECOND_MS / 2);
        expect(delay).toBeLessThanOrEqual(MINUTE_MS);
      }),
    );
  });

  it('is never shorter than the server asked for', () => {
    fc.assert(
      fc.property(fc.nat({ max: 600_000 }), jitter, (asked, chance) => {
        expect(retryDelay(1, asked, chance)).toBeGreaterThanOrEqual(asked);
      }),
    );
  });
});
