import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instantFromIso } from '#values';
import { bandOfAge } from './bands.ts';
import { estimateFromFrames } from './estimate.ts';
import { hoursOfDay, localDate, localHour } from './hours.ts';

const at = (iso: string) => instantFromIso(iso) as Instant;

describe('hours', () => {
  it('are those of the shop, not of the tablet', () => {
    expect(localHour(at('2026-11-24T23:30:00.000Z'), 'Asia/Shanghai')).toBe('2026-11-25T07');
    expect(localDate(at('2026-11-24T23:30:00.000Z'), 'Europe/Dublin')).toBe('2026-11-24');
  });

  it('are one where the clock goes back', () => {
    expect(localHour(at('2026-10-25T00:30:00.000Z'), 'Europe/Dublin')).toBe('2026-10-25T01');
    expect(localHour(at('2026-10-25T01:30:00.000Z'), 'Europe/Dublin')).toBe('2026-10-25T01');
  });

  it('say midnight as hour 00', () => {
    expect(localHour(at('2026-11-24T00:00:00.000Z'), 'Europe/Dublin')).toBe('2026-11-24T00');
  });

  it('make a whole day of 24, with the known ones filled in', () => {
    const known = { hour: '2026-11-24T09', counted: 2, declined: 1, left: 0 };
    const day = hoursOfDay('2026-11-24', [known, { ...known, hour: '2026-11-23T09' }]);
    expect(day).toHaveLength(24);
    expect(day[9]).toEqual(known);
    expect(day.reduce((sum, hour) => sum + hour.counted, 0)).toBe(2);
  });
});

describe('an estimate', () => {
  it('is not sure from a single frame', () => {
    expect(estimateFromFrames([{ ageYears: 30, femaleProbability: 1 }])).toEqual({
      band: 'not-sure',
      gender: 'not-sure',
    });
  });

  it('names a band and a gender when frames agree', () => {
    const frames = [31, 33, 30].map((ageYears) => ({ ageYears, femaleProbability: 0.03 }));
    expect(estimateFromFrames(frames)).toEqual({ band: '25-39', gender: 'male' });
  });

  it('is not sure of the age when frames are far apart, nor of the gender near one half', () => {
    const frames = [20, 60].map((ageYears) => ({ ageYears, femaleProbability: 0.5 }));
    expect(estimateFromFrames(frames)).toEqual({ band: 'not-sure', gender: 'not-sure' });
  });

  it('puts every age in exactly one band, in order', () => {
    const order = ['under-25', '25-39', '40-59', '60-plus'];
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 110, noNaN: true }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        (age, more) => {
          expect(order.indexOf(bandOfAge(age))).toBeLessThanOrEqual(order.indexOf(bandOfAge(age + more)));
        },
      ),
    );
  });
});
