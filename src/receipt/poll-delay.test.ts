import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#values';
import { pollDelayMs } from './poll-delay.ts';

describe('the pause before the page looks again', () => {
  it('grows with each look', () => {
    expect([1, 2, 3, 4].map((looks) => pollDelayMs(looks, 1))).toEqual([2_000, 4_000, 8_000, 16_000]);
  });

  it('is never longer than a minute, however long the receipt takes', () => {
    expect(pollDelayMs(6, 1)).toBe(MINUTE_MS);
    expect(pollDelayMs(10_000, 1)).toBe(MINUTE_MS);
  });

  it('differs from phone to phone, so that they do not all come at once', () => {
    expect(pollDelayMs(6, 0)).toBe(MINUTE_MS / 2);
    expect(pollDelayMs(6, 0.5)).toBe((MINUTE_MS * 3) / 4);
  });
});
