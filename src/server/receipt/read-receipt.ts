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
    .select(['jws', 'secret_hash', 'hour', 'withdrawn_at', 'public_key_json'])
    .where('receipt.id', '=', receiptId)
    .executeTakeFirst();
  const isHolder = matchesHash(secret, receipt?.secret_hash ?? NO_SECRET_HASH);
  if (receipt === undefined || !isHolder) return { state: 'unknown' };
  const { withdrawn_at: withdrawnAt, hour } = receipt;
  return {
    state: 'known',
    receipt: receipt.jws,
    publicKey: JSON.parse(receipt.public_key_json),
    contribution: withdrawnAt !== null ? 'withdrawn' : hour === null ? 'none' : 'counted',
    withdrawnAt: withdrawnAt === null ? null : toIso(Number(withdrawnAt) as Instant),
  };
}
