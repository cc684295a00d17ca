import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, instant, MINUTE_MS } from '#values';
import { type HourCounts, hoursOfDay, localDate, localHour } from './hours.ts';

/** Whole, half and three-quarter hours from UTC, both hemispheres, and a change of half an hour. */
const ZONES = [
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Pacific/Apia',
];
const zone = fc.constantFrom(...ZONES);
const time = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2040, 0, 1) }).map(instant);

/** The hours of the clock that a day of a zone really has, with how many minutes each lasts. */
function minutesByHour(date: string, timeZone: string): Map<string, number> {
  const minutes = new Map<string, number>();
  const noon = Date.parse(`${date}T12:00:00.000Z`);
  for (let at = noon - 36 * HOUR_MS; at < noon + 36 * HOUR_MS; at += MINUTE_MS) {
    const hour = localHour(instant(at), timeZone);
    if (hour.startsWith(date)) minutes.set(hour, (minutes.get(hour) ?? 0) + 1);
  }
  return minutes;
}

describe('hours of a day', () => {
  it('belong to the date of that zone', () => {
    fc.assert(
      fc.property(time, zone, (at, timeZone) => {
        expect(localHour(at, timeZone)).toMatch(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3])$/);
        expect(localHour(at, timeZone).startsWith(`${localDate(at, timeZone)}T`)).toBe(true);
      }),
    );
  });

  it('never lose or invent a visitor, on a day of any length', () => {
    const day = fc.tuple(
      fc.constantFrom(
        ['2026-03-29', 'Europe/Dublin'],
        ['2026-10-25', 'Europe/Dublin'],
        ['2026-03-08', 'America/New_York'],
        ['2026-11-01', 'America/St_Johns'],
        ['2026-04-05', 'Australia/Lord_Howe'],
        ['2026-10-04', 'Australia/Lord_Howe'],
        ['2026-11-24', 'Asia/Kathmandu'],
      ),
      fc.array(fc.integer({ min: 0, max: 26 * 60 - 1 }), { maxLength: 50 }),
    );
    fc.assert(
      fc.property(day, ([[date, timeZone], minutes]) => {
        const visits = minutes.map((minute) =>
          instant(Date.parse(`${date}T00:00:00.000Z`) - 14 * HOUR_MS + minute * MINUTE_MS),
        );
        const counts = new Map<string, HourCounts>();
        for (const visit of visits) {
          const hour = localHour(visit, timeZone!);
          const counted = (counts.get(hour)?.counted ?? 0) + 1;
          counts.set(hour, { hour, counted, declined: 0, left: 0 });
        }
        const shown = hoursOfDay(date!, counts.values()).reduce((sum, { counted }) => sum + counted, 0);
        expect(shown).toBe(visits.filter((visit) => localDate(visit, timeZone!) === date).length);
      }),
    );
  });

  it.each([
    ['2026-03-29', 'Europe/Dublin', 23],
    ['2026-10-25', 'Europe/Dublin', 25],
    ['2026-03-08', 'America/New_York', 23],
    ['2026-11-01', 'America/New_York', 25],
    ['2026-04-05', 'Australia/Lord_Howe', 24.5],
    ['2026-10-04', 'Australia/Lord_Howe', 23.5],
    ['2026-11-24', 'Asia/Kathmandu', 24],
  ])('of %s in %s last %d hours in all, each with its place among the 24', (date, timeZone, hours) => {
    const minutes = minutesByHour(date, timeZone);
    const total = [...minutes.values()].reduce((sum, value) => sum + value, 0);
    expect(total / 60).toBe(hours);
    const shown = new Set(hoursOfDay(date, []).map(({ hour }) => hour));
    expect(shown.size).toBe(24);
    for (const hour of minutes.keys()) expect(shown).toContain(hour);
  });

  it('go forward as time does, save for the one that repeats in autumn', () => {
    fc.assert(
      fc.property(time, zone, (at, timeZone) => {
        const later = localHour(instant(at + 2 * HOUR_MS), timeZone);
        expect(localHour(at, timeZone) < later).toBe(true);
      }),
    );
  });
});
