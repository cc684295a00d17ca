import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ExpressionBuilder, type Kysely, sql, type Transaction } from 'kysely';
import { DAY_MS, HOUR_MS, type Instant, instant, type ReceiptId, type Sha256 } from '#values';
import type { Tables } from '../database/schema.ts';

/**
 * A tablet deletes nothing that it has not sent, so a receipt may come as long as one is kept, and a withdrawal that was promised waits as long.
 * Hardly any waits for more than these days; what does has a room of its own, so that nobody can fill for years the one for what is asked now.
 */
const YOUNG_MS = 40 * DAY_MS;
/** Anybody can ask for receipts that do not exist; this is all the room that such asking gets in those days, about 100 MB. */
const MAX_YOUNG = 500_000;
/**
 * How many of one day go on waiting after that, those that were asked first: a thousand times more than a large shop has, and at most 220 MB a year. Each day has
 * its own, so that whoever floods one pushes out nobody who asked on another.
 */
const OLD_OF_A_DAY = 3_000;
/** How many of them one address may ask for: more than a busy hour in a shop's own network, and far too few to fill the room. */
const WAITING_PER_HOUR = 30;
/** The time of a row that was made only to find out whether there is one. */
const NOT_ASKED = 0 as Instant;

/**
 * Forgets the withdrawals whose receipts would be deleted if they came, and of each older day those for which there is no room. Gives how many
 * were forgotten.
 */
export async function forgetOldWaiting(
  db: Transaction<Tables>,
  now: Instant,
  keptSince: Instant,
): Promise<number> {
  const young = instant(now - YOUNG_MS);
  const { numDeletedRows } = await db
    .deleteFrom('waiting_withdrawal')
    .where('asked_at', '<', instant(Math.min(young, keptSince)))
    .executeTakeFirstOrThrow();
  let forgotten = Number(numDeletedRows);
  for (const day of await crowdedDays(db, young)) forgotten += await thinOut(db, day);
  return forgotten;
}

/** Days, counted from 1970, that are old as a whole and of which more wait than there is room for. */
async function crowdedDays(db: Kysely<Tables>, young: Instant): Promise<readonly number[]> {
  const day = sql<number>`asked_at / ${sql.lit(DAY_MS)}`;
  const crowded = await db
    .selectFrom('waiting_withdrawal')
    .select(day.as('day'))
    .where('asked_at', '<', instant(young - (young % DAY_MS)))
    .groupBy(day)
    .having((having) => having.fn.countAll<number>(), '>', OLD_OF_A_DAY)
    .execute();
  return crowded.map((row) => Number(row.day));
}

/** Those of the same millisecond as the last that stays are few, and stay as well. */
async function thinOut(db: Kysely<Tables>, day: number): Promise<number> {
  const [from, until] = [instant(day * DAY_MS), instant((day + 1) * DAY_MS)];
  const last = await db
    .selectFrom('waiting_withdrawal')
    .select('asked_at')
    .where('asked_at', '>=', from)
    .where('asked_at', '<', until)
    .orderBy('asked_at')
    .offset(OLD_OF_A_DAY - 1)
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return 0;
  const { numDeletedRows } = await db
    .deleteFrom('waiting_withdrawal')
    .where('asked_at', '>', last.asked_at)
    .where('asked_at', '<', until)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
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
    .where('asked_at', '>=', instant(now - YOUNG_MS))
    .executeTakeFirstOrThrow();
  if (count >= MAX_YOUNG) return false;
  await db
    .insertInto('waiting_withdrawal')
    .values({ receipt_id: receiptId, secret_hash: secretHash, asked_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

/**
 * Those of some receipts that a withdrawal waited for, and since when. It waits on for its time: another kiosk may have used an id and a secret that it saw,
 * and must not use up what was meant for the true receipt. Both this and `waitForReceipt` write the same row first, so that
 * of two at the same moment the second waits for the first to end, on PostgreSQL too: neither can miss the other.
 */
export async function takeWaitingWithdrawals(
  db: Transaction<Tables>,
  receipts: readonly { readonly receiptId: ReceiptId; readonly secretHash: Sha256 }[],
): Promise<ReadonlyMap<ReceiptId, Instant>> {
  if (receipts.length === 0) return new Map();
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
  const asked = await db
    .selectFrom('waiting_withdrawal')
    .select(['receipt_id', 'asked_at'])
    .where(areThese)
    .execute();
  return new Map(asked.map(({ receipt_id, asked_at }) => [receipt_id, asked_at]));
}
