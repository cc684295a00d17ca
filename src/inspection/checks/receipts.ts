import { instantFromIso } from '#values';
import type { FaultReason } from '../faults.ts';
import type { Check, ItemOf } from '../item.ts';
import type { KioskState } from '../kiosk-state.ts';
import { COMMIT_TOLERANCE_MS } from '../limits.ts';
import type { ReceiptFacts, ReceiptKind } from '../read-receipt.ts';

type Body = NonNullable<ItemOf<'receipt-issued'>['body']>;

/**
 * A receipt is signed by this kiosk, and it says what its entry says: this kiosk and shop, a notice of this shop, now, and nothing
 * that may not be asked. The kiosk's key signs anything, so a right signature alone proves little.
 */
export const checkReceipts: Check = (kiosk, item) => {
  if (item.kind !== 'receipt-issued') return null;
  kiosk.figures.receipts += 1;
  // A yes belongs to a visit of its own, and the visit before has closed its camera.
  if (kiosk.openLook !== null) return 'look-still-open';
  if (item.body === null) {
    kiosk.receipts.issuePruned();
    return null;
  }
  if (item.receipt === null) return 'receipt-signature-wrong';
  if (!item.receipt.ok) return item.receipt.reason;
  const { facts } = item.receipt;
  const fault =
    faultOfOrigin(kiosk, facts.kind) ??
    faultOfContent(item.body, facts) ??
    faultOfNotice(kiosk, facts.kind) ??
    faultOfTime(item, facts);
  if (fault !== null) return fault;
  const { receiptId, kind } = facts;
  const { purposes, givenBy } = kind;
  const givesDemographics = purposes.includes('demographics');
  if (!kiosk.receipts.issue(receiptId, givesDemographics, item.at)) return 'receipt-twice';
  for (const purpose of purposes) kiosk.figures.receiptsByPurpose[purpose] += 1;
  kiosk.figures.receiptsByGiver[givenBy] += 1;
  kiosk.usedNotices.add(kind.notice.hash);
  return null;
};

function faultOfOrigin({ line }: KioskState, kind: ReceiptKind): FaultReason | null {
  if (kind.kioskId !== line.kioskId) return 'receipt-of-other-kiosk';
  const isOfShop = kind.shopId === line.shopId && kind.controllerId === line.controllerId;
  return isOfShop ? null : 'receipt-of-other-shop';
}

function faultOfContent(body: Body, { receiptId, kind }: ReceiptFacts): FaultReason | null {
  const { purposes, givenBy } = kind;
  if (receiptId !== body.receiptId || purposes.join() !== body.purposes.join()) return 'receipt-differs';
  if (!purposes.includes('count')) return 'receipt-without-count';
  const givesDemographics = purposes.includes('demographics');
  return givesDemographics && givenBy === 'guardian' ? 'receipt-demographics-of-child' : null;
}

function faultOfNotice({ notices }: KioskState, kind: ReceiptKind): FaultReason | null {
  const notice = notices.get(kind.notice.hash);
  if (notice === undefined) return 'notice-unknown';
  const isAsShown =
    notice.id === kind.notice.id &&
    notice.version === kind.notice.version &&
    notice.language === kind.notice.language &&
    notice.language === kind.language;
  return isAsShown ? null : 'notice-differs';
}

function faultOfTime({ at }: ItemOf<'receipt-issued'>, { time }: ReceiptFacts): FaultReason | null {
  const given = instantFromIso(time);
  const isNow = given !== null && Math.abs(at.time - given) <= COMMIT_TOLERANCE_MS;
  return isNow ? null : 'receipt-time-wrong';
}
