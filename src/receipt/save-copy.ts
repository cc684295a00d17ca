import { receiptCopy, receiptCopyName } from '#protocol/for-phones';
import { type ReceiptId, toIso } from '#values';
import type { ArrivedReceipt } from './session.ts';

/** Hands the copy of a receipt to the browser as a file to save. */
export function saveCopy(receiptId: ReceiptId, { given, checked, withdrawnAt }: ArrivedReceipt): void {
  const text = receiptCopy({
    receiptId,
    ...given,
    document: checked.document,
    withdrawnAt: withdrawnAt === null ? null : toIso(withdrawnAt),
  });
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = receiptCopyName(receiptId);
  link.click();
  // Some phones read the file only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), SAVING_MS);
}

const SAVING_MS = 60_000;
