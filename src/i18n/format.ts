import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS, withOwnDigits } from '#values';

export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(withOwnDigits(language)).format(value);
}

/** Date and time to the minute, in the reader's own words. */
export function formatDateTime(time: Instant, language: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(withOwnDigits(language), {
    dateStyle: 'long',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(time);
}

/** A local hour key as `2026-11-24T15`, in the reader's way to say the hour. */
export function formatHour(hour: string, language: string): string {
  return new Intl.DateTimeFormat(withOwnDigits(language), { hour: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${hour}:00:00Z`),
  );
}

/** A calendar date as `2026-11-24`, in the reader's own words, with the day of the week. */
export function formatDate(date: string, language: string): string {
  return new Intl.DateTimeFormat(withOwnDigits(language), { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(date),
  );
}

/** The same in little space, as in a table. */
export function formatShortDate(date: string, language: string): string {
  return new Intl.DateTimeFormat(withOwnDigits(language), {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(date));
}

/** The time on the clock of a time zone, to the second. */
export function formatTime(time: Instant, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(withOwnDigits(language), { timeStyle: 'medium', timeZone }).format(time);
}

/** How long something took, in the one unit that says it shortest. */
export function formatDuration(milliseconds: number, language: string): string {
  const [unit, unitMs] =
    milliseconds < 2 * MINUTE_MS
      ? (['second', SECOND_MS] as const)
      : milliseconds < 2 * HOUR_MS
        ? (['minute', MINUTE_MS] as const)
        : milliseconds < 2 * DAY_MS
          ? (['hour', HOUR_MS] as const)
          : (['day', DAY_MS] as const);
  return new Intl.NumberFormat(withOwnDigits(language), {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(milliseconds / unitMs);
}

/** How long ago something was, in words no finer than a minute. A clock that is a little behind makes nothing lie in the future. */
export function formatAgo(agoMs: number, language: string): string {
  const [unit, unitMs] =
    agoMs < HOUR_MS
      ? (['minute', MINUTE_MS] as const)
      : agoMs < DAY_MS
        ? (['hour', HOUR_MS] as const)
        : (['day', DAY_MS] as const);
  // Zero is taken off its sign: minus nothing would read "in 0 minutes".
  const past = Math.max(0, Math.floor(agoMs / unitMs));
  return new Intl.RelativeTimeFormat(withOwnDigits(language), { numeric: 'auto' }).format(
    past === 0 ? 0 : -past,
    unit,
  );
}
