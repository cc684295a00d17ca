import { MAX_PEOPLE_IN_LOOK } from '#protocol';
import type { Check, ItemOf } from '../item.ts';
import type { ClosedLook, KioskState } from '../kiosk-state.ts';
import { COUNTED, IN_PRUNED_PART, ISSUED_WHOLE, LOOKED_FOR, WITHDRAWN } from '../receipt-book.ts';

/**
 * Nobody is counted but those for whom the camera has just counted, each once. So there are never more contributions than receipts,
 * and a contribution without a camera, or of somebody else, shows.
 */
export const checkContributions: Check = (kiosk, item) => {
  if (item.kind !== 'contribution-recorded') return null;
  const { receipts, figures, lastLook } = kiosk;
  if (kiosk.openLook !== null || lastLook === null) return 'contribution-without-look';
  const { named } = lastLook;
  lastLook.contributions += 1;
  const most = named === null ? MAX_PEOPLE_IN_LOOK : named.receiptIds.length;
  // Of a group nobody's age and gender is estimated.
  const mayBeAlone = named === null || named.receiptIds.length === 1;
  const isOneMore = lastLook.contributions > most;
  if (named !== null && named.ending !== 'counted') return 'contribution-without-look';
  if (item.body === null) {
    if (isOneMore) return 'contribution-without-look';
    if (named !== null) {
      // One of these people was counted: which one is what pruning made unknown.
      for (const id of named.receiptIds) receipts.note(id, IN_PRUNED_PART);
    }
    const mayHaveGiven = named?.receiptIds.some((id) => receipts.mayGiveDemographics(id)) ?? true;
    if (mayBeAlone && mayHaveGiven) kiosk.answers.add();
    figures.contributions += 1;
    figures.countedNow += 1;
    return null;
  }
  const { lookId, receiptId } = item.body;
  if (named === null) {
    if (!mayBeOfPruned(kiosk, lastLook, item.body)) return 'contribution-without-look';
    figures.notCheckable += 1;
  } else if (named.lookId !== lookId || !named.receiptIds.includes(receiptId)) {
    return 'contribution-without-look';
  }
  if (!receipts.knows(receiptId)) return 'receipt-unknown';
  if (receipts.is(receiptId, COUNTED)) return 'contribution-twice';
  if (receipts.is(receiptId, WITHDRAWN)) return 'contribution-after-withdrawal';
  if (isOneMore) return 'contribution-without-look';
  receipts.note(receiptId, COUNTED);
  receipts.note(receiptId, LOOKED_FOR);
  if (mayBeAlone && receipts.mayGiveDemographics(receiptId)) kiosk.answers.addOf(receiptId, item.at);
  figures.contributions += 1;
  figures.countedNow += 1;
  return null;
};

/**
 * A look that was pruned came before every receipt that was not. It has one id, whatever it was, and no other look has that one.
 */
function mayBeOfPruned(
  { receipts, lookIds }: KioskState,
  look: ClosedLook,
  { lookId, receiptId }: NonNullable<ItemOf<'contribution-recorded'>['body']>,
): boolean {
  if (receipts.is(receiptId, ISSUED_WHOLE)) return false;
  if (look.countedAs !== null) return look.countedAs === lookId;
  if (lookIds.has(lookId)) return false;
  lookIds.add(lookId);
  look.countedAs = lookId;
  return true;
}
