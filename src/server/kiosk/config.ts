import type { Shop } from '#consent';
import { type KioskConfig, type KioskSettings, kioskConfigSchema } from '#protocol';
import type { ServerContext } from '../context.ts';
import { noticesInForce } from '../notices.ts';
import type { KioskRow } from './authenticate.ts';

/** A tablet that is behind takes these first and asks again. */
const MAX_WITHDRAWALS = 1_000;

/** All that a kiosk needs from the server: shop, controller, settings, the notices in force, and withdrawals made elsewhere. */
export async function kioskConfig(
  { db, publicUrl }: Pick<ServerContext, 'db' | 'publicUrl'>,
  kiosk: KioskRow,
): Promise<KioskConfig> {
  const shop = await db
    .selectFrom('shop')
    .innerJoin('controller', 'controller.id', 'shop.controller_id')
    .select(['shop_json', 'settings_json', 'controller_json'])
    .where('shop.id', '=', kiosk.shop_id)
    .executeTakeFirstOrThrow();
  const withdrawn = await db
    .selectFrom('receipt')
    .select(['id', 'withdrawn_place'])
    .where('kiosk_id', '=', kiosk.id)
    .where('withdrawn_in_ledger', '=', 0)
    .where('withdrawn_at', 'is not', null)
    .orderBy('withdrawn_at')
    .limit(MAX_WITHDRAWALS)
    .execute();
  const notices = await noticesInForce(db, kiosk.shop_id);
  const settings = JSON.parse(shop.settings_json) as KioskSettings;
  const { languages } = JSON.parse(shop.shop_json) as Shop;
  return kioskConfigSchema.parse({
    shop: JSON.parse(shop.shop_json),
    controller: JSON.parse(shop.controller_json),
    settings: { ...settings, publicUrl: publicUrl() ?? settings.publicUrl },
    // In the shop's own order, so that the same settings always have the same ETag.
    notices: languages.flatMap((language) => notices.get(language) ?? []),
    withdrawals: withdrawn.map(({ id, withdrawn_place }) => ({ receiptId: id, place: withdrawn_place })),
  });
}
