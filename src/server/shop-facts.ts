import type { Transaction } from 'kysely';
import type { Controller, Shop } from '#consent';
import type { KioskSettings } from '#protocol';
import type { ControllerId, ShopId } from '#values';
import type { Database } from './database/open.ts';
import type { Tables } from './database/schema.ts';

/** All that is set of a shop. */
export interface ShopFacts {
  readonly controller: Controller;
  readonly shop: Shop;
  readonly settings: KioskSettings;
}

/** What is stored of a shop. */
export async function factsOfShop(db: Database, shopId: ShopId): Promise<ShopFacts> {
  const row = await db
    .selectFrom('shop')
    .innerJoin('controller', 'controller.id', 'shop.controller_id')
    .select(['shop_json', 'settings_json', 'controller_json'])
    .where('shop.id', '=', shopId)
    .executeTakeFirstOrThrow();
  return {
    controller: JSON.parse(row.controller_json) as Controller,
    shop: JSON.parse(row.shop_json) as Shop,
    settings: JSON.parse(row.settings_json) as KioskSettings,
  };
}

/** Every shop of a controller, by its id. */
export async function shopsOf(
  db: Database,
  controllerId: ControllerId,
): Promise<readonly Omit<ShopFacts, 'controller'>[]> {
  const rows = await db
    .selectFrom('shop')
    .select(['shop_json', 'settings_json'])
    .where('controller_id', '=', controllerId)
    .orderBy('id')
    .execute();
  return rows.map(({ shop_json, settings_json }) => ({
    shop: JSON.parse(shop_json) as Shop,
    settings: JSON.parse(settings_json) as KioskSettings,
  }));
}

/** Locked while it is read: of two changes at the same time the second sees what the first made of it. Null where there is none yet. */
export async function lockController(db: Transaction<Tables>, id: ControllerId): Promise<Controller | null> {
  const known = await db
    .updateTable('controller')
    .set((set) => ({ controller_json: set.ref('controller_json') }))
    .where('id', '=', id)
    .returning('controller_json')
    .executeTakeFirst();
  return known === undefined ? null : (JSON.parse(known.controller_json) as Controller);
}
