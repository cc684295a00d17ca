import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from './apportion.ts';

const weights = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 1_000, noNaN: true })), {
    minLength: 1,
    maxLength: 200,
  })
  .filter((all) => all.some((weight) => weight > 0));
const whole = fc.nat({ max: 1_000_000 });
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);

describe('dealing out by weight', () => {
  it('gives parts that add up to the whole', () => {
    fc.assert(
      fc.property(whole, weights, (all, by) => {
        expect(sumOf(apportion(all, by))).toBe(all);
      }),
    );
  });

  it('gives each its share, less than one person more or less', () => {
    fc.assert(
      fc.property(whole, weights, (all, by) => {
        const parts = apportion(all, by);
        const furthest = parts.map((part, index) => Math.abs(part - (all * by[index]!) / sumOf(by)));
        expect(Math.max(...furthest)).toBeLessThan(1 + 1e-6);
      }),
    );
  });

  it('gives nothing where there is no weight', () => {
    fc.assert(
      fc.property(whole, weights, (all, by) => {
        const parts = apportion(all, by);
        expect(parts.filter((part, index) => by[index] === 0 && part > 0)).toEqual([]);
      }),
    );
  });
});
