import { localHour } from '#counting';
import { DAY_MS, HOUR_MS, type Instant, instant, MINUTE_MS } from '#values';

/** A date, `2026-01-05`, some days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS)
    .toISOString()
    .slice(0, 'YYYY-MM-DD'.length);
}

/** 0 is Monday, 6 is Sunday. */
export function weekdayOf(date: string): number {
  const sundayFirst = new Date(`${date}T00:00:00Z`).getUTCDay();
  return (sundayFirst + 6) % 7;
}

export function hourOf(date: string, hour: number): string {
  return `${date}T${String(hour).padStart(2, '0')}`;
}

/** Zones differ from UTC by quarters of an hour, from 12 hours behind to 14 ahead. */
const STEP_MS = 15 * MINUTE_MS;
const FURTHEST_BEHIND_MS = 12 * HOUR_MS;
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;

/** By how much each zone was ahead of UTC when it was asked for last: it seldom changes. */
const lastOffsets = new Map<string, number>();

/** When an hour of a zone's clock, `2026-01-05T09`, begins. Hours that the clock skips or repeats are never asked for: shops are shut then. */
export function beginOfHour(hour: string, timeZone: string): Instant {
  const asUtc = Date.parse(`${hour}:00:00Z`);
  const isBegin = (time: Instant) =>
    localHour(time, timeZone) === hour && localHour(instant(time - 1), timeZone) !== hour;
  const likely = instant(asUtc - (lastOffsets.get(timeZone) ?? 0));
  if (isBegin(likely)) return likely;
  for (let offset = -FURTHEST_BEHIND_MS; offset <= FURTHEST_AHEAD_MS; offset += STEP_MS) {
    const time = instant(asUtc - offset);
    if (!isBegin(time)) continue;
    lastOffsets.set(timeZone, offset);
    return time;
  }
  throw new RangeError(`The clock of ${timeZone} has no hour ${hour}.`);
}
