import type { Controller } from '#consent';
import type { EntryKind } from '#ledger';
import { DAY_MS, type Instant, instant } from '#values';
import type { PrunedClass } from '../database/schema.ts';
import { type EarlierRetention, shorter, type Told } from './told.ts';

type Retention = Controller['retention'];

/** Which entries lose their bodies, and together with what. The bodies of all other kinds stay for good: they are about nobody. */
export const KINDS_OF: { readonly [Class in PrunedClass]: readonly EntryKind[] } = {
  link: ['contribution-recorded', 'contribution-withdrawn'],
  receipt: ['receipt-issued', 'look-opened', 'look-closed'],
};

/** In this order, so that a link is cut before its receipt goes. */
export const PRUNED_CLASSES = ['link', 'receipt'] as const satisfies readonly PrunedClass[];

/** What a tablet sends late stays for a day, so that the rest of what it had to send, withdrawals above all, comes before the cut. */
export const SETTLING_MS = DAY_MS;

/** What is due at a time, by a controller's settings and those that it had before. */
export interface DueBy {
  readonly now: Instant;
  readonly settings: Retention;
  readonly earlier: readonly EarlierRetention[];
  readonly cutoff: { readonly [Class in PrunedClass]: Instant };
}

export function dueBy(settings: Retention, now: Instant, earlier: readonly EarlierRetention[] = []): DueBy {
  const { linkDays, receiptYears } = settings;
  const link = notBefore1970(now - linkDays * DAY_MS);
  // Whatever the settings say, a receipt outlives the link to its count: the count itself must not go with it.
  const receipt = instant(Math.min(link, yearsBefore(now, receiptYears)));
  return { now, settings, earlier, cutoff: { link, receipt } };
}

interface Aged {
  readonly written_at: Instant;
  readonly received_at: Instant;
  readonly told: Told;
}

/** The entries at the front that are due. The first that is not keeps all after it: what is pruned is always a prefix of the chain. */
export function duePrefix<Row extends Aged>(
  rows: readonly Row[],
  prunedClass: PrunedClass,
  { now, settings }: DueBy,
): readonly Row[] {
  const isDue = ({ written_at, received_at, told }: Aged) => {
    if (received_at > now - SETTLING_MS) return false;
    // Else what is left of a receipt would wait for the setting, and hold up all after it that was promised to go sooner.
    if (told === 'over') return true;
    return written_at <= dueBy(shorter(settings, told), now).cutoff[prunedClass];
  };
  const firstToStay = rows.findIndex((row) => !isDue(row));
  return firstToStay === -1 ? rows : rows.slice(0, firstToStay);
}

/** The same day and time of an earlier year (ISO 8601: `P3Y`), on the calendar of UTC. */
function yearsBefore(time: Instant, years: number): Instant {
  const date = new Date(time);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() - years);
  // The 29th of February becomes the 28th and not the 1st of March, whose receipts have a day to go.
  if (date.getUTCMonth() !== month) date.setUTCDate(0);
  return notBefore1970(date.getTime());
}

/** Settings may ask for more years than there are: then nothing is due. */
function notBefore1970(milliseconds: number): Instant {
  return instant(Number.isNaN(milliseconds) ? 0 : Math.max(0, milliseconds));
}
