import { type Instant, MINUTE_MS } from '#values';

/** What happened in one hour of the shop's own clock. */
export interface HourCounts {
  /** `2026-11-24T15` */
  readonly hour: string;
  readonly counted: number;
  readonly declined: number;
  readonly left: number;
}

const HOURS_IN_DAY = 24;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Clocks of all zones show whole quarters of an hour together, so within one the hour stays the same. */
const QUARTER_MS = 15 * MINUTE_MS;
/** The quarter that was asked for last in each zone: times come in order, and the calendar is slow. */
const lastAsked = new Map<string, { readonly quarter: number; readonly hour: string }>();

/** The hour on the clock of a time zone (IANA name), as `2026-11-24T15`. The hour that repeats in autumn is one. */
export function localHour(time: Instant, timeZone: string): string {
  const quarter = Math.floor(time / QUARTER_MS);
  const asked = lastAsked.get(timeZone);
  if (asked?.quarter === quarter) return asked.hour;
  const hour = readHour(time, timeZone);
  lastAsked.set(timeZone, { quarter, hour });
  return hour;
}

function readHour(time: Instant, timeZone: string): string {
  const parts = new Map(
    formatterFor(timeZone)
      .formatToParts(time)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}T${parts.get('hour')}`;
}

/** The date on the calendar of a time zone, as `2026-11-24`. */
export function localDate(time: Instant, timeZone: string): string {
  return localHour(time, timeZone).slice(0, 'YYYY-MM-DD'.length);
}

/** The 24 hours of a date in order, empty hours included, with the counts that are known filled in. */
export function hoursOfDay(date: string, counts: Iterable<HourCounts>): HourCounts[] {
  const known = new Map(Array.from(counts, (count) => [count.hour, count]));
  return Array.from({ length: HOURS_IN_DAY }, (_, index) => {
    const hour = `${date}T${String(index).padStart(2, '0')}`;
    return known.get(hour) ?? { hour, counted: 0, declined: 0, left: 0 };
  });
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const kept = formatters.get(timeZone);
  if (kept !== undefined) return kept;
  const formatter = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}
