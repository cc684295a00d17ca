import { localDate } from '#counting';
import type { InspectionPeriod } from '#protocol';
import { DAY_MS, type Instant, instant } from '#values';

/** From an instant on, and before another. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

/** The days of a period on the clock of a time zone. */
export function spanOf({ from, to }: InspectionPeriod, timeZone: string): Span {
  return { start: startOfDate(from, timeZone), end: startOfDate(dayAfter(to), timeZone) };
}

export function isWithin({ start, end }: Span, time: Instant): boolean {
  return time >= start && time < end;
}

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** The first millisecond of a date. Searched for, since where clocks are turned at midnight a day begins at another hour than nought. */
function startOfDate(date: string, timeZone: string): Instant {
  // No zone is further than a day from UTC.
  let [before, after] = [Date.parse(date) - DAY_MS, Date.parse(date) + DAY_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localDate(instant(middle), timeZone) < date) before = middle;
    else after = middle;
  }
  return instant(after);
}
