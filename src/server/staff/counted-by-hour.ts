import type { ShopId } from '#values';
import type { Database } from '../database/open.ts';

/**
 * People counted in a shop by hour, between two hours of its own clock. Those whose link is cut stand in a table of their own; both are read
 * in one statement, so that a cut meanwhile takes nobody away and counts nobody twice.
 */
export async function countedByHour(
  db: Database,
  shopId: ShopId,
  firstHour: string,
  lastHour: string,
): Promise<ReadonlyMap<string, number>> {
  const linked = db
    .selectFrom('receipt')
    .select((select) => [
      select.ref('hour').$notNull().as('hour'),
      select.fn.countAll<number>().as('counted'),
    ])
    .where('shop_id', '=', shopId)
    .where('hour', '>=', firstHour)
    .where('hour', '<=', lastHour)
    .where('withdrawn_at', 'is', null)
    .groupBy('hour');
  const anonymous = db
    .selectFrom('anonymous_hour')
    .select(['hour', 'counted'])
    .where('shop_id', '=', shopId)
    .where('hour', '>=', firstHour)
    .where('hour', '<=', lastHour);
  const rows = await db
    .selectFrom(linked.unionAll(anonymous).as('both'))
    .select((select) => ['hour', select.fn.sum<number>('counted').as('counted')])
    .groupBy('hour')
    .execute();
  return new Map(rows.map(({ hour, counted }) => [hour, Number(counted)]));
}
