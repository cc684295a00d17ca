import { z } from 'zod';
import type { Controller, Shop } from '#consent';
import { type KioskSettings, kioskConfigSchema } from '#protocol';
import type { Clock } from '#values';
import type { Database } from './database/open.ts';
import { publishNotices } from './notices.ts';
import { OperatorError } from './trouble.ts';

/** A shop as an administrator writes it down. The PIN's hash is made from a PIN and never written by hand. */
export const shopFileSchema = z.strictObject({
  controller: kioskConfigSchema.shape.controller,
  shop: kioskConfigSchema.shape.shop.refine(({ timeZone }) => isTimeZone(timeZone), {
    message: 'timeZone must be an IANA name such as Europe/Dublin',
  }),
  settings: kioskConfigSchema.shape.settings.omit({ staffPin: true }),
});

/** Sets a shop and its controller up, or brings them to new values, and publishes the notices that follow from them. All of it or nothing. */
export async function putShop(
  { db, now }: { readonly db: Database; readonly now: Clock },
  facts: { readonly controller: Controller; readonly shop: Shop; readonly settings: KioskSettings },
): Promise<void> {
  const { controller, shop, settings } = facts;
  await db.transaction().execute(async (transaction) => {
    const controllerJson = JSON.stringify(controller);
    await transaction
      .insertInto('controller')
      .values({ id: controller.id, controller_json: controllerJson })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ controller_json: controllerJson }))
      .execute();
    const values = { shop_json: JSON.stringify(shop), settings_json: JSON.stringify(settings) };
    const { controller_id } = await transaction
      .insertInto('shop')
      .values({ id: shop.id, controller_id: controller.id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .returning('controller_id')
      .executeTakeFirstOrThrow();
    if (controller_id !== controller.id) {
      // Its receipts name the controller that they were given to: another one begins with a shop of its own.
      throw new OperatorError(`The shop "${shop.id}" belongs to "${controller_id}" and cannot change hands.`);
    }
    await publishNotices({ db: transaction, now }, facts);
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
