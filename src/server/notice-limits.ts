import { type ControllerId, DAY_MS, type Instant, instant, type ShopId } from '#values';
import type { Database } from './database/open.ts';

/**
 * Everybody's check refuses an export with more than 10,000, and they are kept for good. In twelve languages these are 333 changes: one a month for
 * 27 years.
 */
const MAX_NOTICES_OF_SHOP = 4_000;
/** More than anybody has to set right in a day. By a minute's limit alone, a stolen session fills a shop's export in an hour. */
const MAX_PUBLICATIONS_A_DAY = 20;

/** Whether a shop may have so many notices more. */
export async function hasRoomFor(db: Database, shopId: ShopId, more: number): Promise<boolean> {
  if (more === 0) return true;
  const { count } = await db
    .selectFrom('notice')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('shop_id', '=', shopId)
    .executeTakeFirstOrThrow();
  return Number(count) + more <= MAX_NOTICES_OF_SHOP;
}

/**
 * Whether a controller has changed notices so often within a day that nobody means it any more. All that is published at once counts once. First
 * versions do not count: somebody may open fifty shops in a day, and each language of each has one.
 */
export async function hasPublishedTooOften(
  db: Database,
  controllerId: ControllerId,
  now: Instant,
): Promise<boolean> {
  const { publications } = await db
    .selectFrom('notice')
    .select((select) => select.fn.count<number>('published_at').distinct().as('publications'))
    .where('controller_id', '=', controllerId)
    .where('published_at', '>', instant(now - DAY_MS))
    // What a clock that ran ahead has dated to next year holds nobody up until then.
    .where('published_at', '<=', now)
    .where('version', '>', 1)
    .executeTakeFirstOrThrow();
  return Number(publications) >= MAX_PUBLICATIONS_A_DAY;
}
