import type { EntryBodies } from '#ledger';
import type { ReceiptAnswer } from '#protocol';
import { type Instant, type ReceiptId, type Sha256, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import { matchesHash } from '../secrets.ts';

/** Compared against where there is no receipt, so that a missing one costs the same time as a wrong secret. */
const NO_SECRET_HASH = '0'.repeat(64) as Sha256;

/** A receipt for whoever holds its secret. */
export async function readReceipt(
  { db }: Pick<ServerContext, 'db'>,
  receiptId: ReceiptId,
  secret: string,
): Promise<ReceiptAnswer> {
  const receipt = await db
    .selectFrom('receipt')
    .innerJoin('kiosk', 'kiosk.id', 'receipt.kiosk_id')
    .innerJoin('entry', (join) =>
      join.onRef('entry.kiosk_id', '=', 'receipt.kiosk_id').onRef('entry.seq', '=', 'receipt.seq'),
    )
    .select(['record_json', 'secret_hash', 'hour', 'counted_when_cut', 'withdrawn_at', 'public_key_json'])
    .where('receipt.id', '=', receiptId)
    .executeTakeFirst();
  const isHolder = matchesHash(secret, receipt?.secret_hash ?? NO_SECRET_HASH);
  if (receipt === undefined || !isHolder) return { state: 'unknown' };
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
