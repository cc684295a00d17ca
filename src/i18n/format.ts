import type { Instant } from '#values';

export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** Date and time to the minute, in the reader's own words. */
export function formatDateTime(time: Instant, language: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(time);
}

/** A local hour key as `2026-11-24T15`, in the reader's way to say the hour. */
export function formatHour(hour: string, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${hour}:00:00Z`),
  );
}

/** A number of days with its unit. */
export function formatDays(days: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);
}
