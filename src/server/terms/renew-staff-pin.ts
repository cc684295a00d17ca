import type { StaffPinAnswer } from '#protocol';
import type { ControllerId, ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import { factsOfShop, lockController } from '../shop-facts.ts';
import { hashPin, randomPin } from '../staff-pin.ts';

/** Makes a new PIN for the tablets of a shop. The old one stops working on each as it next hears of its settings. */
export async function renewStaffPin(
  { db, random }: Pick<ServerContext, 'db' | 'random'>,
  { shopId, controllerId }: { readonly shopId: ShopId; readonly controllerId: ControllerId },
): Promise<StaffPinAnswer> {
  const pin = randomPin(random);
  const staffPin = await hashPin(pin, random);
  await db.transaction().execute(async (transaction) => {
    await lockController(transaction, controllerId);
    const { settings } = await factsOfShop(transaction, shopId);
    await transaction
      .updateTable('shop')
      .set({ settings_json: JSON.stringify({ ...settings, staffPin }) })
      .where('id', '=', shopId)
      .execute();
  });
  return { shopId, pin };
}
