/** A point in time: milliseconds since 1970-01-01T00:00:00Z, a whole number. */
export type Instant = number & { readonly __brand: 'Instant' };

/** An instant written as RFC 3339 in UTC with milliseconds, as `Date.prototype.toISOString` does. */
export type IsoTime = string & { readonly __brand: 'IsoTime' };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const DAY_AT = 'YYYY-MM-'.length;
const ISO_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function instant(milliseconds: number): Instant {
  return Math.round(milliseconds) as Instant;
}

export function toIso(time: Instant): IsoTime {
  return new Date(time).toISOString() as IsoTime;
}

/** The instant that a text names, or null where the text is not an RFC 3339 time in UTC with milliseconds. */
export function instantFromIso(text: string): Instant | null {
  if (!ISO_PATTERN.test(text)) return null;
  const time = Date.parse(text);
  // A day or an hour that does not exist is read as one of the next day.
  const isReal = new Date(time).getUTCDate() === Number(text.slice(DAY_AT, DAY_AT + 2));
  return isReal ? (time as Instant) : null;
}
