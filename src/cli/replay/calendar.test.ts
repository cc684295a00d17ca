import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localHour } from '#counting';
import { addDays, beginOfHour, hourOf, weekdayOf } from './calendar.ts';

const zones = ['Europe/Dublin', 'Asia/Shanghai', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Kiritimati'];

describe('the calendar of the play', () => {
  it("finds the moment at which an hour of a shop's clock begins, in winter and in summer", () => {
    const hours = fc.tuple(fc.nat({ max: 3_000 }), fc.integer({ min: 6, max: 22 }));
    fc.assert(
      fc.property(hours, fc.constantFrom(...zones), ([day, hour], zone) => {
        const wanted = hourOf(addDays('2024-01-01', day), hour);
        const begin = beginOfHour(wanted, zone);
        expect(localHour(begin, zone)).toBe(wanted);
        expect(localHour((begin - 1) as typeof begin, zone)).not.toBe(wanted);
      }),
    );
  });

  it('knows the days of the week and the ends of months', () => {
    expect(weekdayOf('2026-01-05')).toBe(0);
    expect(weekdayOf('2026-03-01')).toBe(6);
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  });
});
