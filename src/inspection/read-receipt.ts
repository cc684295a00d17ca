import { receiptVerifier } from '#consent';
import { type ReceiptReading, receiptTextReader } from '#protocol';
import type { JsonObject, Outcome, SignatureChecks } from '#values';

/** What a signed receipt says, or why it is none. */
export type ReceiptOutcome = Outcome<
  { readonly reading: ReceiptReading },
  'receipt-not-one' | 'receipt-other-key' | 'receipt-signature-wrong'
>;

/** Checks the signatures of one kiosk's receipts and reads them. */
export type ReceiptReader = (jws: string) => Promise<ReceiptOutcome>;

const SIGNATURE_FAULTS = {
  'not-a-receipt': 'receipt-not-one',
  'other-key': 'receipt-other-key',
  'signature-wrong': 'receipt-signature-wrong',
} as const;

/** Null where the key is none. */
export async function receiptReader(
  publicKey: JsonObject,
  signatures: SignatureChecks,
): Promise<ReceiptReader | null> {
  const verify = await receiptVerifier(publicKey, signatures);
  if (verify === null) return null;
  const readText = receiptTextReader();
  return async (jws) => {
    const signed = await verify(jws);
    if (!signed.ok) return { ok: false, reason: SIGNATURE_FAULTS[signed.reason] };
    const reading = readText(signed.text);
    return reading === null ? { ok: false, reason: 'receipt-not-one' } : { ok: true, reading };
  };
}
