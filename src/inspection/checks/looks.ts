import { GRANT_LIFETIME_MS } from '#consent';
import { FRAMES_THAT_DECIDE, FRAMES_THAT_REFUSE } from '#counting';
import type { LookEnding } from '#ledger';
import type { ReceiptId } from '#values';
import type { FaultReason } from '../faults.ts';
import type { Check, ItemOf } from '../item.ts';
import type { KioskState, OpenLook } from '../kiosk-state.ts';
import { CLOCK_TOLERANCE_MS, GRANT_TOLERANCE_MS, LONGEST_BETWEEN_MS, LONGEST_LOOK_MS } from '../limits.ts';
import { type Moment, possibleDurations } from '../moment.ts';
import { LOOKED_FOR, WITHDRAWN } from '../receipt-book.ts';
import type { Figures } from '../report.ts';

const LONGEST_WAIT_MS = GRANT_LIFETIME_MS + GRANT_TOLERANCE_MS;

/** The camera was open for people who had just said yes, for one look or one retry, and for as long as is written down. */
export const checkLooks: Check = (kiosk, item) => {
  if (item.kind === 'look-opened') return checkOpening(kiosk, item);
  if (item.kind === 'look-closed') return checkClosing(kiosk, item);
  return null;
};

function checkOpening(kiosk: KioskState, { body, at }: ItemOf<'look-opened'>): FaultReason | null {
  if (kiosk.openLook !== null) return 'look-still-open';
  if (body === null) {
    if (!kiosk.receipts.lookPruned()) return 'receipt-unknown';
    kiosk.openLook = { named: null, openedAt: at, isSecond: false, isTooLate: false };
    return null;
  }
  const { lookId, receiptIds } = body;
  if (kiosk.lookIds.has(lookId)) return 'look-id-twice';
  if (!receiptIds.every((id) => kiosk.receipts.knows(id))) return 'receipt-unknown';
  if (receiptIds.some((id) => kiosk.receipts.is(id, WITHDRAWN))) return 'look-after-withdrawal';
  const isSecond = receiptIds.some((id) => kiosk.receipts.is(id, LOOKED_FOR));
  if (isSecond && !mayLookAgain(kiosk, receiptIds)) return 'look-again';
  const isTooLate = !isSecond && waitedTooLong(kiosk, receiptIds, at);
  for (const id of receiptIds) kiosk.receipts.note(id, LOOKED_FOR);
  kiosk.lookIds.add(lookId);
  kiosk.openLook = { named: { lookId, receiptIds }, openedAt: at, isSecond, isTooLate };
  return null;
}

/** One retry, for the same people, right after a first look that saw too many. */
function mayLookAgain({ lastLook }: KioskState, receiptIds: readonly ReceiptId[]): boolean {
  // Of a pruned look only who was counted in it is known, and who was counted is not looked for again.
  if (lastLook === null || lastLook.isSecond || lastLook.named === null) return false;
  const { ending, receiptIds: before } = lastLook.named;
  return ending === 'too-many-people' && areSame(before, receiptIds);
}

/**
 * The time of the newest yes counts: in a group the first waits for the last. What is pruned is older than what is not, so nothing is said only
 * where all of them are.
 */
function waitedTooLong(kiosk: KioskState, receiptIds: readonly ReceiptId[], openedAt: Moment): boolean {
  const given = receiptIds.flatMap((id) => kiosk.receipts.waitingSince(id) ?? []);
  const waits = given.map((at) => possibleDurations(at, openedAt));
  if (waits.length === 0 || waits.some((possible) => possible.length === 0)) {
    kiosk.figures.notCheckable += 1;
    return false;
  }
  return waits.every((possible) => possible.every((wait) => wait > LONGEST_WAIT_MS));
}

function checkClosing(kiosk: KioskState, { body, at }: ItemOf<'look-closed'>): FaultReason | null {
  const { openLook, figures } = kiosk;
  if (openLook === null) return 'look-not-open';
  kiosk.openLook = null;
  noteLongLook(figures, openLook.openedAt, at);
  if (body === null) {
    kiosk.lastLook = { named: null, isSecond: false, contributions: 0, countedAs: null };
    figures.looksPruned += 1;
    return null;
  }
  if (openLook.named === null) {
    if (!body.receiptIds.every((id) => kiosk.receipts.knows(id))) return 'receipt-unknown';
    for (const id of body.receiptIds) kiosk.receipts.note(id, LOOKED_FOR);
    kiosk.lookIds.add(body.lookId);
    figures.notCheckable += 1;
  } else if (openLook.named.lookId !== body.lookId || !areSame(openLook.named.receiptIds, body.receiptIds)) {
    return 'look-differs';
  }
  const fault = faultOfDuration(openLook, body, at) ?? faultOfFrames(body);
  if (fault !== null) return fault;
  figures.looks[body.ending] += 1;
  figures.cameraMs += body.openMs ?? 0;
  if (openLook.isTooLate && body.openMs === null) figures.lateInterrupted += 1;
  const { lookId, receiptIds, ending } = body;
  kiosk.lastLook = {
    named: { lookId, receiptIds, ending },
    isSecond: openLook.isSecond,
    contributions: 0,
    countedAs: null,
  };
  return null;
}

/** Honest kiosks lose their power too, so this is no fault; but in that time seconds of the camera could be hidden. */
function noteLongLook(figures: Figures, openedAt: Moment, closedAt: Moment): void {
  const possible = possibleDurations(openedAt, closedAt);
  const spans = possible.length === 0 ? [closedAt.time - openedAt.time] : possible;
  if (Math.min(...spans) <= LONGEST_BETWEEN_MS) return;
  figures.longLooks += 1;
  figures.longLooksMs += Math.max(...spans);
}

type Closing = NonNullable<ItemOf<'look-closed'>['body']>;

/** Endings that say that no camera opened, and those that only what a camera showed can have brought. */
const SHUT: ReadonlySet<LookEnding> = new Set([
  'camera-refused',
  'camera-absent',
  'camera-in-use',
  'grant-expired',
]);
const SAW: ReadonlySet<LookEnding> = new Set(['counted', 'too-many-people']);

/** What was seen came out of an open camera, and it takes so many frames to count or to refuse. */
function faultOfFrames({ ending, openMs, framesSeen, framesRefused }: Closing): FaultReason | null {
  const isFew =
    (ending === 'counted' && framesSeen - framesRefused < FRAMES_THAT_DECIDE) ||
    (ending === 'too-many-people' && framesRefused < FRAMES_THAT_REFUSE);
  // A look that was interrupted is closed by whoever did not see it.
  const isShut = openMs === null || openMs === 0;
  return framesRefused > framesSeen || isFew || (isShut && framesSeen > 0) ? 'look-frames-wrong' : null;
}

function faultOfDuration(
  { openedAt, isTooLate }: OpenLook,
  { openMs, ending }: Closing,
  closedAt: Moment,
): FaultReason | null {
  if ((openMs === null) !== (ending === 'interrupted')) return 'look-duration-wrong';
  if (openMs === 0 ? SAW.has(ending) : SHUT.has(ending)) return 'look-duration-wrong';
  if (openMs === null) return null;
  // A yes that had run out opens nothing, whatever else ended the look before that showed.
  if (isTooLate && openMs > 0) return 'look-too-late';
  if (openMs > LONGEST_LOOK_MS) return 'look-too-long';
  const between = possibleDurations(openedAt, closedAt);
  const isPossible = between.length === 0 || between.some((most) => openMs <= most + CLOCK_TOLERANCE_MS);
  return isPossible ? null : 'look-longer-than-possible';
}

function areSame(some: readonly ReceiptId[], others: readonly ReceiptId[]): boolean {
  return some.length === others.length && some.every((id, index) => id === others[index]);
}
