import type { Check } from '../item.ts';
import { COUNTED, GIVES_DEMOGRAPHICS, IN_PRUNED_PART, WITHDRAWN } from '../receipt-book.ts';

/**
 * Nobody is counted but those for whom the camera has just counted, each once. So there are never more contributions than receipts,
 * and a contribution without a camera, or of somebody else, shows.
 */
export const checkContributions: Check = (kiosk, item) => {
  if (item.kind !== 'contribution-recorded') return null;
  const { receipts, figures, lastLook } = kiosk;
  if (kiosk.openLook !== null || lastLook === null) return 'contribution-without-look';
  if (item.body === null) {
    // Whether this person gave `demographics` cannot be seen any more, so a release may speak of them.
    kiosk.demographicsCounted += 1;
    figures.contributions += 1;
    figures.countedNow += 1;
    return null;
  }
  const { lookId, receiptId } = item.body;
  if (lastLook.named !== null) {
    const { named } = lastLook;
    const isOfLook = named.lookId === lookId && named.receiptIds.includes(receiptId);
    if (named.ending !== 'counted' || !isOfLook) return 'contribution-without-look';
  } else figures.notCheckable += 1;
  if (!receipts.knows(receiptId)) return 'receipt-unknown';
  if (receipts.is(receiptId, COUNTED)) return 'contribution-twice';
  if (receipts.is(receiptId, WITHDRAWN)) return 'contribution-after-withdrawal';
  receipts.note(receiptId, COUNTED);
  if (receipts.is(receiptId, GIVES_DEMOGRAPHICS | IN_PRUNED_PART)) kiosk.demographicsCounted += 1;
  figures.contributions += 1;
  figures.countedNow += 1;
  return null;
};
