import type { KioskSettings } from '#protocol';
import type { Instant } from '#values';

/** Whether a shop is open at a time of its own clock. Hours may go past midnight; a shop that names none is always open. */
export function isOpenAt(hours: KioskSettings['openingHours'], time: Instant, timeZone: string): boolean {
  if (hours === undefined) return true;
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(
    time,
  );
  const { from, to } = hours;
  return from <= to ? from <= clock && clock < to : from <= clock || clock < to;
}
