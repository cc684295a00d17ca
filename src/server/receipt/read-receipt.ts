import type { EntryBodies } from '#ledger';
import type { ReceiptAnswer } from '#protocol';
import { type Instant, type ReceiptId, sha256, toIso } from '#values';
import type { ServerContext } from '../context.ts';

/** What stands in a receipt's link. */
export interface AskedReceipt {
  readonly receiptId: ReceiptId;
  readonly secret: string;
  /** Of the kiosk's key; null where the link carries the secret alone. */
  readonly keyThumbprint: string | null;
}

/**
 * A receipt for whoever holds its secret. Another kiosk may have a receipt under the same id, and even under the same secret where a link was
 * seen: it never answers for this one. A wrong secret finds no row, as a wrong id does, and takes the same time.
 */
export async function readReceipt(
  { db }: Pick<ServerContext, 'db'>,
  { receiptId, secret, keyThumbprint }: AskedReceipt,
): Promise<ReceiptAnswer> {
  const receipts = db
    .selectFrom('receipt')
    .innerJoin('kiosk', 'kiosk.id', 'receipt.kiosk_id')
    .innerJoin('entry', (join) =>
      join.onRef('entry.kiosk_id', '=', 'receipt.kiosk_id').onRef('entry.seq', '=', 'receipt.seq'),
    )
    .select(['record_json', 'hour', 'counted_when_cut', 'withdrawn_at', 'public_key_json'])
    .where('receipt.id', '=', receiptId)
    .where('receipt.secret_hash', '=', sha256(secret));
  const ofKey = keyThumbprint === null ? receipts : receipts.where('kiosk.kid', '=', keyThumbprint);
  // Where a link names no key, the kiosk that was there first is the likelier one.
  const receipt = await ofKey.orderBy('kiosk.paired_at').executeTakeFirst();
  if (receipt === undefined) return { state: 'unknown' };
  const { withdrawn_at: withdrawnAt } = receipt;
  const { body } = JSON.parse(receipt.record_json) as { body: EntryBodies['receipt-issued'] };
  return {
    state: 'known',
    receipt: body.receipt,
    publicKey: JSON.parse(receipt.public_key_json),
    contribution: contributionOf(receipt),
    withdrawnAt: withdrawnAt === null ? null : toIso(withdrawnAt),
  };
}

type Contribution = Extract<ReceiptAnswer, { readonly state: 'known' }>['contribution'];

function contributionOf(receipt: {
  readonly hour: string | null;
  readonly withdrawn_at: Instant | null;
  readonly counted_when_cut: number;
}): Contribution {
  // Also where it was withdrawn later: that came too late to change a count, which the holder should know.
  if (receipt.counted_when_cut === 1) return 'anonymous';
  if (receipt.withdrawn_at !== null) return 'withdrawn';
  return receipt.hour === null ? 'none' : 'counted';
}
