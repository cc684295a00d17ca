import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '#values';
import { weekdayOf } from './calendar.ts';
import { expectedOf } from './expected.ts';
import { isCounted, MARGIN_MS, planDay } from './plan-day.ts';
import { roundsOf } from './rounds.ts';
import { isOffline, isTooBusy, planWorkload, type Workload } from './workload.ts';

const REFERENCE = { visits: 431_623, kiosks: 22, shops: 7, days: 181, seed: 1 };

const sizes = fc
  .record({
    visits: fc.nat({ max: 600 }),
    kiosks: fc.integer({ min: 1, max: 6 }),
    shops: fc.integer({ min: 1, max: 6 }),
    days: fc.integer({ min: 1, max: 40 }),
    seed: fc.nat(),
  })
  .filter(({ kiosks, shops }) => kiosks >= shops);

function* daysOf(workload: Workload) {
  for (const kiosk of workload.kioskPlans) {
    for (let day = 0; day < workload.days; day += 1)
      yield { kiosk, day, plan: planDay(workload, kiosk, day) };
  }
}

describe('the workload', () => {
  it('has as many who say yes as were asked for, in every way of counting them', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const workload = planWorkload(size);
        const { kiosks, shops } = expectedOf(workload);
        const receipts = kiosks.reduce((sum, kiosk) => sum + kiosk.receipts, 0);
        const countedNow = kiosks.reduce((sum, kiosk) => sum + kiosk.countedNow, 0);
        const byHour = [...shops.values()].flatMap(({ hours }) => [...hours.values()]);
        expect(receipts).toBe(size.visits);
        expect(byHour.reduce((sum, { counted }) => sum + counted, 0)).toBe(countedNow);
      }),
      { numRuns: 40 },
    );
  });

  it('has nobody come while a shop is shut, and nobody so late that the hour is over before they are', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const workload = planWorkload(size);
        for (const { kiosk, plan } of daysOf(workload)) {
          for (const { hour, visits } of plan.hours) {
            const open = kiosk.shop.opening[weekdayOf(hour.slice(0, 10))];
            const [first, last] = open ?? [24, -1];
            const at = Number(hour.slice(11));
            expect(at).toBeGreaterThanOrEqual(first);
            expect(at).toBeLessThanOrEqual(last);
            for (const { startMs, spaceMs } of visits) {
              expect(startMs).toBeGreaterThanOrEqual(MARGIN_MS);
              expect(startMs + spaceMs).toBeLessThanOrEqual(HOUR_MS - MARGIN_MS);
            }
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const plans = (seed: number) => [...daysOf(planWorkload({ ...size, seed }))];
        expect(plans(size.seed)).toEqual(plans(size.seed));
      }),
      { numRuns: 10 },
    );
    const [one, other] = [1, 2].map((seed) => expectedOf(planWorkload({ ...REFERENCE, visits: 500, seed })));
    expect(one).not.toEqual(other);
  });

  it('has every kiosk reach the server on the first and on the last day', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { kioskPlans, days } = planWorkload(size);
        expect(kioskPlans.filter((kiosk) => isOffline(kiosk, 0) || isOffline(kiosk, days - 1))).toEqual([]);
      }),
    );
  });

  it('never asks for the age and gender of a child, nor of whom was not counted', () => {
    for (const { plan } of daysOf(planWorkload({ ...REFERENCE, visits: 2_000, days: 20 }))) {
      for (const visit of plan.hours.flatMap(({ visits }) => visits)) {
        if (visit.cell === null) continue;
        expect(visit).toMatchObject({ givenBy: 'visitor', purposes: ['count', 'demographics'] });
        expect(isCounted(visit)).toBe(true);
      }
    }
  });

  it('ends each day of each shop once, and its clock only runs forward', () => {
    const workload = planWorkload({ ...REFERENCE, visits: 0 });
    const rounds = roundsOf(workload);
    const evenings = rounds.flatMap(({ day, kiosks }) => kiosks.map(({ index }) => `${index}/${day}`));
    expect(new Set(evenings).size).toBe(22 * 181);
    expect(evenings).toHaveLength(22 * 181);
    expect(rounds.every(({ now }, index) => index === 0 || now > rounds[index - 1]!.now)).toBe(true);
  });

  it('is, unless told otherwise, that of 2021: five own shops and two franchised, a third who give more', () => {
    const workload = planWorkload({ ...REFERENCE, visits: 20_000 });
    const controllers = workload.chain.map(({ controller }) => controller.id);
    expect(controllers.filter((id) => id === 'quay-cars')).toHaveLength(5);
    expect(new Set(controllers).size).toBe(3);
    const { kiosks } = expectedOf(workload);
    const share = (name: 'demographics' | 'withdrawn') =>
      kiosks.reduce((sum, kiosk) => sum + kiosk[name], 0) / 20_000;
    expect(share('demographics')).toBeGreaterThan(0.3);
    expect(share('demographics')).toBeLessThan(0.4);
    expect(share('withdrawn')).toBeCloseTo(0.01, 2);
  });

  it('is refused where more would come than a kiosk can serve', () => {
    expect(isTooBusy(planWorkload(REFERENCE))).toBe(false);
    expect(isTooBusy(planWorkload({ ...REFERENCE, kiosks: 7, days: 5 }))).toBe(true);
  });
});
