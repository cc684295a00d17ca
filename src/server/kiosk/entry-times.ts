import type { EntryBodies, LedgerRecord } from '#ledger';
import { type Instant, instant, instantFromIso, MINUTE_MS } from '#values';

/**
 * A comparison with the server leaves open half of a request's time. A clock that was turned back with nobody there to compare with says that it does
 * not know by how much it is wrong, and then nobody does: a tablet that was off has lost the time that it was off.
 */
const MOST_UNSURE_MS = MINUTE_MS;
/** What arrives within this of its own time was written by a clock that is right. */
const AT_ONCE_MS = MINUTE_MS;

/** An entry that was taken in before. */
export interface Before {
  readonly record: LedgerRecord;
  readonly writtenAt: Instant;
  readonly receivedAt: Instant;
}

/** The newest entry by which a kiosk says how it corrects its clock. */
export interface ClockChange {
  readonly seq: number;
  readonly offsetMs: number;
}

/** Entries after one number and before another were written by a clock that was behind by so much at the most. */
export interface Correction {
  readonly afterSeq: number;
  readonly beforeSeq: number;
  readonly behindMs: number;
}

export interface EntryTimes {
  readonly writtenAt: ReadonlyMap<number, Instant>;
  /** What a batch tells of entries that were taken in before it; null where nothing. */
  readonly correction: Correction | null;
}

/**
 * When each entry of a batch was written, as far as it can be known: never after it arrived, nor before the one before it. By its own time where
 * the clock was right; by its arrival where the ledger says that the clock was turned back and by nothing yet that it is right again; and
 * later by what a comparison then shows the clock to have been behind. Whoever holds a kiosk's key can claim anything with this, and gets no
 * further than to the arrival of what that kiosk sent itself.
 */
export function entryTimes(
  records: readonly LedgerRecord[],
  now: Instant,
  before: Before | null,
  lastChange: ClockChange | null,
): EntryTimes {
  const writtenAt = new Map<number, Instant>();
  let correction: Correction | null = null;
  let change = lastChange;
  let isSure = before === null || wasSure(before);
  let lastClaimed = before === null ? null : claimedOf(before.record, before.receivedAt);
  let floor = before === null ? 0 : floorAfter(before);
  for (const record of records) {
    const { seq } = record.entry;
    const claimed = claimedOf(record, now);
    const clock = clockOf(record);
    if (clock !== null) {
      isSure = clock.uncertaintyMs <= MOST_UNSURE_MS;
      const behindMs = isSure ? behind(clock.offsetMs, change, claimed - (lastClaimed ?? claimed)) : 0;
      if (behindMs > AT_ONCE_MS) {
        const afterSeq = change?.seq ?? -1;
        for (const [earlier, at] of writtenAt) {
          if (earlier > afterSeq) writtenAt.set(earlier, noLaterThan(now, at + behindMs));
        }
        if (change === lastChange) correction = { afterSeq, beforeSeq: seq, behindMs };
      }
      change = { seq, offsetMs: clock.offsetMs };
      // A comparison may show that the clock ran ahead: what came before it is no measure then.
      if (isSure) floor = 0;
    }
    isSure ||= now - claimed <= AT_ONCE_MS;
    writtenAt.set(seq, isSure ? noLaterThan(now, Math.max(claimed, floor)) : now);
    if (isSure && claimed <= now) floor = Math.max(claimed, floor);
    lastClaimed = claimed;
  }
  return { writtenAt, correction };
}

/** By how much a comparison shows the clock to have been behind, at the most, since it was last compared. */
function behind(offsetMs: number, before: ClockChange | null, sinceLastEntryMs: number): number {
  if (before !== null) return offsetMs - before.offsetMs;
  // A first comparison is not written down where it found the clock right: then the offset began at nothing, or near it.
  return Math.min(offsetMs, sinceLastEntryMs);
}

/** Before when nothing can have been written that comes after this entry. What is known of it by its arrival alone says nothing of that. */
function floorAfter(before: Before): number {
  const claimed = claimedOf(before.record, before.receivedAt);
  return wasSure(before) && claimed <= before.receivedAt ? before.writtenAt : 0;
}

/** Whether a kiosk's clock was taken to be right after an entry. */
function wasSure({ record, writtenAt, receivedAt }: Before): boolean {
  const clock = clockOf(record);
  const claimed = claimedOf(record, receivedAt);
  if (receivedAt - claimed <= AT_ONCE_MS) return true;
  return clock === null ? writtenAt <= claimed : clock.uncertaintyMs <= MOST_UNSURE_MS;
}

function claimedOf({ entry }: LedgerRecord, otherwise: Instant): Instant {
  return instantFromIso(entry.time) ?? otherwise;
}

function clockOf({ entry, body }: LedgerRecord): EntryBodies['clock-changed'] | null {
  return entry.kind === 'clock-changed' ? (body as EntryBodies['clock-changed'] | null) : null;
}

function noLaterThan(now: Instant, time: number): Instant {
  return instant(Math.min(now, time));
}
