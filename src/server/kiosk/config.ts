import { type KioskConfig, kioskConfigSchema } from '#protocol';
import type { ServerContext } from '../context.ts';
import type { KioskRow } from './authenticate.ts';

/** A tablet that is behind takes these first and asks again. */
const MAX_WITHDRAWALS = 1_000;

/** All that a kiosk needs from the server: shop, controller, settings, the notices in force, and withdrawals made elsewhere. */
export async function kioskConfig({ db }: Pick<ServerContext, 'db'>, kiosk: KioskRow): Promise<KioskConfig> {
  const shop = await db
    .selectFrom('shop')
    .innerJoin('controller', 'controller.id', 'shop.controller_id')
    .select(['shop_json', 'settings_json', 'controller_json'])
    .where('shop.id', '=', kiosk.shop_id)
    .executeTakeFirstOrThrow();
  const published = await db
    .selectFrom('notice')
    .select(['language', 'notice_json'])
    .where('shop_id', '=', kiosk.shop_id)
    .orderBy('published_at')
    .execute();
  const withdrawn = await db
    .selectFrom('receipt')
    .select(['id', 'withdrawn_place'])
    .where('kiosk_id', '=', kiosk.id)
    .where('withdrawn_in_ledger', '=', 0)
    .where('withdrawn_at', 'is not', null)
    .orderBy('withdrawn_at')
    .limit(MAX_WITHDRAWALS)
    .execute();
  // Of several in one language the last published is in force.
  const inForce = new Map(published.map((notice) => [notice.language, JSON.parse(notice.notice_json)]));
  return kioskConfigSchema.parse({
    shop: JSON.parse(shop.shop_json),
    controller: JSON.parse(shop.controller_json),
    settings: JSON.parse(shop.settings_json),
    notices: [...inForce.values()],
    withdrawals: withdrawn.map(({ id, withdrawn_place }) => ({ receiptId: id, place: withdrawn_place })),
  });
}
