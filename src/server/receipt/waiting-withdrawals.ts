import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ExpressionBuilder, Kysely, Transaction } from 'kysely';
import { DAY_MS, HOUR_MS, type Instant, instant, type ReceiptId, type Sha256 } from '#values';
import type { Tables } from '../database/schema.ts';

/** A tablet keeps what it has not sent for at most 35 days, so a withdrawal that is older can never be answered any more. */
const WAITING_LIFETIME_MS = 40 * DAY_MS;
/** Anybody can ask for receipts that do not exist; this is all the room that such asking gets, about 100 MB. */
const MAX_WAITING = 500_000;
/** How many of them one address may ask for: more than a busy hour in a shop's own network, and far too few to fill the room. */
const WAITING_PER_HOUR = 30;
/** The time of a row that was made only to find out whether there is one. */
const NOT_ASKED = 0 as Instant;

/** Forgets the withdrawals whose receipts will never come. */
export async function forgetOldWaiting(db: Kysely<Tables>, now: Instant): Promise<void> {
  const oldest = instant(now - WAITING_LIFETIME_MS);
  await db.deleteFrom('waiting_withdrawal').where('asked_at', '<', oldest).execute();
}

/** Tells whether whoever sent a request may ask for a receipt that has not arrived; asking counts. */
export type MayWait = (request: FastifyRequest) => Promise<boolean>;

/** One for each route, which counts for itself. */
export function waitingShare(app: FastifyInstance): MayWait {
  const check = app.createRateLimit({ max: WAITING_PER_HOUR, timeWindow: HOUR_MS });
  return async (request) => {
    const share = await check(request);
    return share.isAllowed || !share.isExceeded;
  };
}

/** Keeps a withdrawal until its receipt arrives: only the secret's hash. False where there is no room, so that nobody is told it was kept. */
export async function waitForReceipt(
  db: Transaction<Tables>,
  receiptId: ReceiptId,
  secretHash: Sha256,
  now: Instant,
): Promise<boolean> {
  const { count } = await db
    .selectFrom('waiting_withdrawal')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count >= MAX_WAITING) return false;
  await db
    .insertInto('waiting_withdrawal')
    .values({ receipt_id: receiptId, secret_hash: secretHash, asked_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

/**
 * Those of some receipts that a withdrawal waited for. It waits on for its time: another kiosk may have used an id and a secret that it saw, and
 * must not use up what was meant for the true receipt. Both this and `waitForReceipt` write the same row first, so that
 * of two at the same moment the second waits for the first to end, on PostgreSQL too: neither can miss the other.
 */
export async function takeWaitingWithdrawals(
  db: Transaction<Tables>,
  receipts: readonly { readonly receiptId: ReceiptId; readonly secretHash: Sha256 }[],
): Promise<ReadonlySet<ReceiptId>> {
  if (receipts.length === 0) return new Set();
  // In one order, so that no two batches ever wait for each other.
  const inOrder = receipts.toSorted((one, other) => (one.receiptId < other.receiptId ? -1 : 1));
  await db
    .insertInto('waiting_withdrawal')
    .values(
      inOrder.map(({ receiptId, secretHash }) => ({
        receipt_id: receiptId,
        secret_hash: secretHash,
        asked_at: NOT_ASKED,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const areThese = (where: ExpressionBuilder<Tables, 'waiting_withdrawal'>) =>
    where(
      where.refTuple('receipt_id', 'secret_hash'),
      'in',
      inOrder.map(({ receiptId, secretHash }) => where.tuple(receiptId, secretHash)),
    );
  await db.deleteFrom('waiting_withdrawal').where('asked_at', '=', NOT_ASKED).where(areThese).execute();
  const asked = await db.selectFrom('waiting_withdrawal').select('receipt_id').where(areThese).execute();
  return new Set(asked.map(({ receipt_id }) => receipt_id));
}
