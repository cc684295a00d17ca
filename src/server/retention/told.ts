import type { Controller } from '#consent';
import type { ReceiptReading } from '#protocol';
import type { Instant } from '#values';

type Retention = Controller['retention'];

const DAYS = /^P(\d{1,12})D$/;
const YEARS = /^P(\d{1,12})Y$/;

/** For how long a receipt says that the link to its count and the receipt itself are kept (ISO 8601 durations); null where it says neither our way. */
export function toldIn({ retention }: Pick<ReceiptReading, 'retention'>): Retention | null {
  const [, days] = DAYS.exec(retention.link) ?? [];
  const [, years] = YEARS.exec(retention.receipt) ?? [];
  return days === undefined || years === undefined
    ? null
    : { linkDays: Number(days), receiptYears: Number(years) };
}

/**
 * What is known of the promise that an entry was written under: what its receipt says; `over` where the receipt is deleted, since what was promised
 * of it is over then; null where the receipt says it in no way that we know, or there is none.
 */
export type Told = Retention | 'over' | null;

/** Nothing is kept for longer than its visitor was told, nor for longer than the settings say now. */
export function shorter(settings: Retention, told: Retention | null): Retention {
  if (told === null) return settings;
  return {
    linkDays: Math.min(settings.linkDays, told.linkDays),
    receiptYears: Math.min(settings.receiptYears, told.receiptYears),
  };
}

/** Settings that held before, and until when. */
export interface EarlierRetention extends Retention {
  readonly until: Instant;
}

/** What is left of what a receipt says: no more than any of the settings gave that held since it was issued. */
export function leftOf(
  told: Retention | null,
  issuedAt: Instant,
  earlier: readonly EarlierRetention[],
): Retention | null {
  return earlier
    .filter(({ until }) => issuedAt <= until)
    .reduce<Retention | null>((least, held) => shorter(held, least), told);
}
