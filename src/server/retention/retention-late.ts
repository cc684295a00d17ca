import { type ControllerId, DAY_MS, HOUR_MS, type Instant, instant } from '#values';
import type { ServerContext } from '../context.ts';

/** Runs are an hour apart, and one after a long pause takes its time. */
const LATE_AFTER_MS = 3 * HOUR_MS;

/** Since when a controller's retention should have run and did not get through, or null where it keeps its time. */
export async function retentionLateSince(
  { db, now }: Pick<ServerContext, 'db' | 'now'>,
  controllerId: ControllerId,
): Promise<Instant | null> {
  const run = await db
    .selectFrom('retention')
    .select('last_run_at')
    .where('controller_id', '=', controllerId)
    .executeTakeFirst();
  const last = run?.last_run_at == null ? await firstPairing(db, controllerId) : Number(run.last_run_at);
  return last === null || now() - last <= LATE_AFTER_MS ? null : instant(last);
}

/** Before the first kiosk there is nothing to delete; a day later there still is not. */
async function firstPairing(db: ServerContext['db'], controllerId: ControllerId): Promise<number | null> {
  const { first } = await db
    .selectFrom('kiosk')
    .innerJoin('shop', 'shop.id', 'kiosk.shop_id')
    .select((select) => select.fn.min<number | null>('paired_at').as('first'))
    .where('shop.controller_id', '=', controllerId)
    .executeTakeFirstOrThrow();
  return first === null ? null : Number(first) + DAY_MS;
}
