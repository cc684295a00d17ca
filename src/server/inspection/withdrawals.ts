import { WITHDRAWAL_PLACES, type WithdrawalPlace } from '#ledger';
import type { Inspection } from '#protocol';
import { DAY_MS, type Instant, instant, type KioskId, type ReceiptId, type ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import type { Span } from './period.ts';

/** A kiosk that is on asks every minute. */
const LATE_AFTER_MS = DAY_MS;

type Stores = Pick<ServerContext, 'db' | 'now'>;

/**
 * Withdrawals of the period. They are out of the counts in the same step in which the server hears of them, since counts leave such receipts
 * out; what takes time is the way from a kiosk without a network to the server, and from a phone to the kiosk's own ledger.
 */
export async function inspectWithdrawals(
  { db }: Stores,
  shopId: ShopId,
  span: Span,
  withdrawnInLedger: ReadonlyMap<KioskId, ReadonlyMap<ReceiptId, Instant>>,
): Promise<Inspection['withdrawals']> {
  const rows = await db
    .selectFrom('receipt')
    .select([
      'id',
      'kiosk_id',
      'withdrawn_at',
      'withdrawn_place',
      'withdrawn_in_ledger',
      'took_effect_at',
      'counted_when_cut',
    ])
    .where('shop_id', '=', shopId)
    .where('withdrawn_at', '>=', span.start)
    .where('withdrawn_at', '<', span.end)
    .execute();
  const byPlace = Object.fromEntries(WITHDRAWAL_PLACES.map((place) => [place, 0])) as Record<
    WithdrawalPlace,
    number
  >;
  const toEffect: number[] = [];
  const toLedger: number[] = [];
  for (const { id, kiosk_id, withdrawn_at, withdrawn_place, took_effect_at } of rows) {
    if (withdrawn_place !== null) byPlace[withdrawn_place] += 1;
    if (withdrawn_at === null) continue;
    if (took_effect_at !== null) toEffect.push(Math.max(0, took_effect_at - withdrawn_at));
    const written = withdrawnInLedger.get(kiosk_id)?.get(id);
    // At the kiosk, asking and writing it down are one.
    if (withdrawn_place === 'kiosk' || written === undefined) continue;
    toLedger.push(Math.max(0, written - withdrawn_at));
  }
  return {
    made: rows.length,
    byPlace,
    inLedger: rows.filter(({ withdrawn_in_ledger }) => withdrawn_in_ledger === 1).length,
    effect: {
      ...timesOf(toEffect),
      tooLate: rows.filter(
        ({ counted_when_cut, took_effect_at }) => counted_when_cut === 1 && took_effect_at === null,
      ).length,
    },
    ledger: timesOf(toLedger),
  };
}

function timesOf(times: readonly number[]): Inspection['withdrawals']['ledger'] {
  const inOrder = times.toSorted((a, b) => a - b);
  return {
    timed: inOrder.length,
    medianMs: inOrder[Math.floor(inOrder.length / 2)] ?? null,
    longestMs: inOrder.at(-1) ?? null,
  };
}

/** By kiosk, the withdrawals that should be in its ledger by now, and since when the oldest waits. */
export async function lateWithdrawals(
  { db, now }: Stores,
  shopId: ShopId,
): Promise<ReadonlyMap<KioskId, { readonly count: number; readonly since: Instant }>> {
  const rows = await db
    .selectFrom('receipt')
    .innerJoin('kiosk', 'kiosk.id', 'receipt.kiosk_id')
    .innerJoin('entry', (join) =>
      join.onRef('entry.kiosk_id', '=', 'receipt.kiosk_id').onRef('entry.seq', '=', 'receipt.seq'),
    )
    .select((select) => [
      'receipt.kiosk_id',
      select.fn.countAll<number>().as('count'),
      select.fn.min<number>('receipt.withdrawn_at').as('since'),
    ])
    .where('receipt.shop_id', '=', shopId)
    .where('receipt.withdrawn_in_ledger', '=', 0)
    .where('receipt.withdrawn_at', '<', instant(now() - LATE_AFTER_MS))
    // One that was asked before its receipt came could be sent down only from then on.
    .where('entry.received_at', '<', instant(now() - LATE_AFTER_MS))
    // A kiosk that is shut out writes nothing any more that we would take.
    .where('kiosk.revoked_at', 'is', null)
    .groupBy('receipt.kiosk_id')
    .execute();
  return new Map(
    rows.map(({ kiosk_id, count, since }) => [
      kiosk_id,
      { count: Number(count), since: instant(Number(since)) },
    ]),
  );
}
