import type { Check } from '../item.ts';
import { COUNTED, IN_PRUNED_PART, WITHDRAWN } from '../receipt-book.ts';

/**
 * A yes is taken back once, and what it added is out of the numbers from then on; once the link to what it added has been pruned, the number
 * is about nobody and stays.
 */
export const checkWithdrawals: Check = (kiosk, item) => {
  if (item.kind !== 'contribution-withdrawn') return null;
  const { receipts, figures } = kiosk;
  figures.withdrawn += 1;
  if (item.body === null) return null;
  const { receiptId } = item.body;
  if (!receipts.knows(receiptId)) return 'receipt-unknown';
  if (receipts.is(receiptId, WITHDRAWN)) return 'withdrawn-twice';
  receipts.note(receiptId, WITHDRAWN);
  kiosk.answers.takeBack(receiptId, item.at);
  if (receipts.is(receiptId, IN_PRUNED_PART)) figures.notCheckable += 1;
  if (receipts.is(receiptId, COUNTED)) figures.countedNow -= 1;
  return null;
};
