import { type Instant, type IsoTime, toIso } from '#values';
import type { KioskState } from './kiosk-state.ts';
import { partToShow } from './legible.ts';
import { type Gap, type KioskReport, listed } from './report.ts';

/** What the whole ledger of a kiosk says, and what it leaves open. */
export function reportOn(kiosk: KioskState): KioskReport {
  const { line, newestCheckpoint, figures } = kiosk;
  const covered = newestCheckpoint === null ? 0 : newestCheckpoint.seq + 1;
  return {
    kioskId: line.kioskId,
    shopId: line.shopId,
    controllerId: line.controllerId,
    keyThumbprint: kiosk.keyThumbprint,
    figures,
    firstTime: isoOf(kiosk.firstTime),
    lastTime: isoOf(kiosk.lastTime),
    prunedUntil: { link: isoOf(kiosk.prunedUntil.link), receipt: isoOf(kiosk.prunedUntil.receipt) },
    notices: listed(usedNotices(kiosk), ({ hash, version, language }) => ({
      hash,
      version: partToShow(version),
      language,
    })),
    newestCheckpoint:
      newestCheckpoint === null ? null : { seq: newestCheckpoint.seq, time: newestCheckpoint.time },
    entriesAfterCheckpoint: figures.entries - covered,
    gaps: gapsOf(kiosk),
  };
}

function usedNotices({ usedNotices: hashes, notices }: KioskState) {
  return [...hashes].flatMap((hash) => {
    const notice = notices.get(hash);
    return notice === undefined ? [] : [{ hash, ...notice }];
  });
}

function isoOf(time: Instant | null): IsoTime | null {
  return time === null ? null : toIso(time);
}

function gapsOf({ figures, openLook, newestCheckpoint }: KioskState): readonly Gap[] {
  const gaps: Gap[] = [];
  if (figures.entries === 0) gaps.push('no-entries');
  if (openLook !== null) gaps.push('look-open-at-end');
  if (figures.lateInterrupted > 0) gaps.push('look-late-and-interrupted');
  if (figures.longLooks > 0) gaps.push('long-looks');
  if (newestCheckpoint === null) gaps.push('no-checkpoint');
  else if (newestCheckpoint.seq + 1 < figures.entries) gaps.push('entries-after-checkpoint');
  return gaps;
}
