import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, instant } from '#values';
import {
  afterComparison,
  beginComparison,
  CLOCK_CHANGE_MS,
  type ClockReading,
  compareClocks,
  correctedClock,
  LONGEST_UNWATCHED_MS,
} from './clock.ts';

const YEAR_MS = 365 * 24 * HOUR_MS;
const trueOffset = fc.double({ min: -5 * YEAR_MS, max: 5 * YEAR_MS, noNaN: true });
/** Near nothing as well: there the whole milliseconds that clocks are read in matter most. */
const delay = fc.oneof(...[2, 20_000].map((max) => fc.double({ min: 0, max, noNaN: true })));
const start = fc.double({ min: 1.7e12, max: 1.9e12, noNaN: true });
/** How far the clock is turned while a request is under way. */
const turn = fc.oneof(fc.constant(0), fc.double({ min: -HOUR_MS, max: HOUR_MS, noNaN: true }));

const errorOf = (reading: ClockReading, offset: number): number => Math.abs(reading.offsetMs - offset);

describe('comparing clocks', () => {
  it('is never further off than it says, however unlike the ways there and back', () => {
    fc.assert(
      fc.property(start, trueOffset, delay, delay, (sent, offset, there, back) => {
        const serverTime = instant(Math.floor(sent + there + offset));
        const reading = compareClocks(Math.floor(sent), Math.floor(sent + there + back), serverTime);
        expect(errorOf(reading, offset)).toBeLessThanOrEqual((reading.uncertaintyMs ?? 0) + 0.01);
      }),
    );
  });

  it('says whole milliseconds, and never that it is certain', () => {
    fc.assert(
      fc.property(start, trueOffset, delay, (sent, offset, there) => {
        const { offsetMs, uncertaintyMs } = compareClocks(sent, sent + there, instant(sent + offset));
        expect(Number.isInteger(offsetMs) && Number.isInteger(uncertaintyMs)).toBe(true);
        expect(uncertaintyMs).toBeGreaterThan(0);
      }),
    );
  });

  it('stays right where the clock is turned while the answer is under way', () => {
    fc.assert(
      fc.property(start, trueOffset, delay, delay, turn, (sent, offset, there, back, turned) => {
        let now = sent;
        let passed = 0;
        const finish = beginComparison(
          () => Math.floor(now),
          () => passed,
        );
        const serverTime = instant(Math.floor(sent + there + offset));
        passed = there + back;
        now = sent + passed + turned;
        const reading = finish(serverTime);
        expect(errorOf(reading, offset - turned)).toBeLessThanOrEqual((reading.uncertaintyMs ?? 0) + 0.01);
      }),
    );
  });

  it('owns up to a tablet that slept before the answer came', () => {
    fc.assert(
      fc.property(start, trueOffset, fc.integer({ min: 0, max: 24 }), (sent, offset, hours) => {
        let now = sent;
        // The clock that only runs forward stands still while the tablet sleeps.
        const finish = beginComparison(
          () => Math.floor(now),
          () => 0,
        );
        now = sent + hours * HOUR_MS;
        const reading = finish(instant(Math.floor(sent + offset)));
        expect(errorOf(reading, offset)).toBeLessThanOrEqual((reading.uncertaintyMs ?? 0) + 0.01);
      }),
    );
  });
});

describe('after a comparison', () => {
  const reading = fc.record({
    offsetMs: fc.integer({ min: -10 * HOUR_MS, max: 10 * HOUR_MS }),
    uncertaintyMs: fc.integer({ min: 1, max: 10_000 }),
  });

  it('the first one after a start tells how wrong the clock may be, and moves it only where it was turned', () => {
    fc.assert(
      fc.property(reading, fc.integer({ min: -20_000, max: 20_000 }), (first, away) => {
        const after = afterComparison({ offsetMs: first.offsetMs + away, uncertaintyMs: null }, first);
        expect(after.hasMoved).toBe(Math.abs(away) > CLOCK_CHANGE_MS + first.uncertaintyMs);
        expect(after.reading).toEqual(
          after.hasMoved
            ? first
            : {
                offsetMs: first.offsetMs + away,
                uncertaintyMs: first.uncertaintyMs + Math.abs(away),
              },
        );
      }),
    );
  });

  it('a clock that was turned takes the new offset over and says so', () => {
    fc.assert(
      fc.property(reading, reading, fc.boolean(), (before, next, isForward) => {
        const distance = CLOCK_CHANGE_MS + next.uncertaintyMs + 1;
        const moved = { ...next, offsetMs: before.offsetMs + (isForward ? distance : -distance) };
        expect(afterComparison(before, moved)).toEqual({ reading: moved, hasMoved: true });
      }),
    );
  });

  it('a difference that the network explains turns nothing', () => {
    fc.assert(
      fc.property(reading, reading, fc.double({ min: -1, max: 1, noNaN: true }), (before, next, share) => {
        const distance = Math.trunc(share * (CLOCK_CHANGE_MS + next.uncertaintyMs));
        const after = afterComparison(before, { ...next, offsetMs: before.offsetMs + distance });
        expect(after.hasMoved).toBe(false);
        expect(after.reading.offsetMs).toBe(before.offsetMs);
      }),
    );
  });

  it('the uncertainty covers the true offset, also of a clock that drifts', () => {
    const comparisons = fc.array(fc.tuple(fc.integer({ min: -1_500, max: 1_500 }), delay, delay), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(comparisons, (drifts) => {
        let offset = 0;
        let known: ClockReading = { offsetMs: 0, uncertaintyMs: null };
        for (const [drift, there, back] of drifts) {
          offset += drift;
          const serverTime = instant(Math.floor(1.8e12 + there + offset));
          known = afterComparison(
            known,
            compareClocks(1.8e12, Math.floor(1.8e12 + there + back), serverTime),
          ).reading;
          expect(errorOf(known, offset)).toBeLessThanOrEqual((known.uncertaintyMs ?? 0) + 0.01);
        }
      }),
    );
  });
});

describe('the corrected clock', () => {
  it('shows the time of the tablet plus the offset, and follows a new one', () => {
    const start = { offsetMs: 250, believedAt: null };
    const clock = correctedClock(
      start,
      () => 1_000,
      () => 0,
    );
    expect(clock.now()).toBe(1_250);
    clock.set({ offsetMs: -1_000, uncertaintyMs: 5 });
    expect(clock.now()).toBe(0);
    expect(clock.reading()).toEqual({ offsetMs: -1_000, uncertaintyMs: 5 });
  });

  it('does not claim to know how wrong it is after a start, until it is compared', () => {
    const clock = correctedClock({ offsetMs: 250, believedAt: instant(1_000) }, () => 1_000);
    expect(clock.reading()).toEqual({ offsetMs: 250, uncertaintyMs: null });
  });

  it('nor once it was turned, either way, or slept, until it is compared again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -YEAR_MS, max: YEAR_MS }),
        fc.integer({ min: 0, max: YEAR_MS }),
        (by, ran) => {
          let time = 0;
          let passed = 0;
          const clock = correctedClock(
            { offsetMs: 0, believedAt: null },
            () => time,
            () => passed,
          );
          clock.set({ offsetMs: 0, uncertaintyMs: 5 });
          passed += ran;
          time += ran + by;
          const isTurned = Math.abs(by) > CLOCK_CHANGE_MS;
          if (isTurned) expect(clock.reading().uncertaintyMs).toBeNull();
          else expect(clock.reading().uncertaintyMs).toBeGreaterThanOrEqual(5 + Math.abs(by));
          clock.set({ offsetMs: -by, uncertaintyMs: 7 });
          expect(clock.reading().uncertaintyMs).toBe(7);
        },
      ),
    );
  });

  it('grows the less sure the longer nobody compares it, since its quartz and that of the server part', () => {
    let time = 0;
    const clock = correctedClock(
      { offsetMs: 0, believedAt: null },
      () => time,
      () => time,
    );
    clock.set({ offsetMs: 0, uncertaintyMs: 51 });
    time = 21 * 24 * HOUR_MS;
    expect(clock.reading().uncertaintyMs).toBe(51 + 181_440);
    clock.set({ offsetMs: 0, uncertaintyMs: 51 });
    expect(clock.reading().uncertaintyMs).toBe(51);
  });
});

describe('a clock to delete by', () => {
  const NOON = Date.UTC(2026, 10, 24, 12);

  /** A tablet that was last believed at noon, was off for so long, and then runs. */
  function startedAfter(offMs: number, believedAt: number | null = NOON) {
    let time = NOON + offMs;
    let passed = 0;
    const start = { offsetMs: 0, believedAt: believedAt === null ? null : instant(believedAt) };
    const clock = correctedClock(
      start,
      () => time,
      () => passed,
    );
    return {
      clock,
      run: (ms: number) => {
        time += ms;
        passed += ms;
      },
      /** The clock goes on and the one that only runs forward does not: it was turned, or the tablet slept. */
      turn: (ms: number) => {
        time += ms;
      },
    };
  }

  it.each([
    ['was never compared', 0, null],
    ['stands in 2015 after a flat battery', -11 * YEAR_MS, NOON],
    ['leapt by a month while the tablet was off', 30 * 24 * HOUR_MS, NOON],
  ])('is none where it %s', (_, offMs, believedAt) => {
    expect(startedAfter(offMs, believedAt).clock.believed()).toBeNull();
  });

  it('is one after a long weekend, and after weeks that the tablet ran without a network', () => {
    const { clock, run } = startedAfter(LONGEST_UNWATCHED_MS);
    expect(clock.believed()).toBe(NOON + LONGEST_UNWATCHED_MS);
    for (let day = 1; day <= 35; day += 1) run(24 * HOUR_MS);
    expect(clock.believed()).toBe(NOON + LONGEST_UNWATCHED_MS + 35 * 24 * HOUR_MS);
  });

  it('is one on a tablet that sleeps each night, for as long as somebody looks each day', () => {
    const { clock, run, turn } = startedAfter(0);
    for (let day = 1; day <= 60; day += 1) {
      run(12 * HOUR_MS);
      turn(12 * HOUR_MS);
      expect(clock.believed()).not.toBeNull();
    }
  });

  it('is one again once it is compared, or turned back to where it should be', () => {
    const { clock, run, turn } = startedAfter(0);
    turn(YEAR_MS);
    run(24 * HOUR_MS);
    expect(clock.believed()).toBeNull();
    turn(-YEAR_MS);
    expect(clock.believed()).toBe(NOON + 24 * HOUR_MS);
    turn(-YEAR_MS);
    expect(clock.believed()).toBeNull();
    clock.set({ offsetMs: YEAR_MS, uncertaintyMs: 5 });
    expect(clock.believed()).toBe(NOON + 24 * HOUR_MS);
  });

  it('is neither made one nor unmade by a server that doubts its own, unless that one stands days away', () => {
    const { clock, turn } = startedAfter(0, null);
    clock.set({ offsetMs: 0, uncertaintyMs: 5 }, false);
    expect(clock.believed()).toBeNull();
    clock.set({ offsetMs: 0, uncertaintyMs: 5 });
    clock.set({ offsetMs: HOUR_MS, uncertaintyMs: 5 }, false);
    expect(clock.believed()).toBe(NOON + HOUR_MS);
    clock.set({ offsetMs: YEAR_MS, uncertaintyMs: 5 }, false);
    expect(clock.believed()).toBeNull();
    turn(-YEAR_MS);
    expect(clock.believed()).toBe(NOON);
  });
});
