import type { ReceiptId } from '#values';
import type { ArrivedReceipt } from './session.ts';

/** For whoever opens the file in years: how to check it with nothing of ours. */
const ABOUT =
  'receipt: a compact JWS (RFC 7515, ES256) that the tablet signed. publicKey: the key to check it with (RFC 7517). document: what the receipt says.';

/** The copy to keep: what the tablet signed, the key, and the same in readable form. The secret stays out, so that a copy can be shown around. */
export function receiptCopy({ given, checked }: ArrivedReceipt): string {
  return JSON.stringify({ about: ABOUT, ...given, document: checked.document }, null, 2);
}

/** Hands a text to the browser as a file to save. */
export function saveCopy(receiptId: ReceiptId, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `consent-receipt-${receiptId}.json`;
  link.click();
  // Some phones read the file only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), SAVING_MS);
}

const SAVING_MS = 60_000;
