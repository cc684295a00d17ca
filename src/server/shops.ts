import type { Transaction } from 'kysely';
import { z } from 'zod';
import { type Controller, makeReceipt, type Shop } from '#consent';
import { brandSchema, type KioskSettings, kioskConfigSchema, MAX_BUTTON, MAX_RECEIPT_CHARS } from '#protocol';
import { type Clock, canonicalJson, instant, type Json, type KioskId, type ReceiptId, sha256 } from '#values';
import type { Database } from './database/open.ts';
import type { Tables } from './database/schema.ts';
import { publishNotices } from './notices.ts';
import { isBareAddress } from './options.ts';
import { pinPromises } from './retention/pin-promises.ts';
import { OperatorError } from './trouble.ts';

const HEADER_AND_SIGNATURE_CHARS = 256;

/** A shop as an administrator writes it down. The PIN's hash is made from a PIN and never written by hand. */
export const shopFileSchema = z.strictObject({
  controller: kioskConfigSchema.shape.controller,
  shop: kioskConfigSchema.shape.shop.refine(({ timeZone }) => isTimeZone(timeZone), {
    message: 'timeZone must be an IANA name such as Europe/Dublin',
  }),
  settings: kioskConfigSchema.shape.settings.omit({ staffPin: true }).extend({
    publicUrl: kioskConfigSchema.shape.settings.shape.publicUrl.refine(isBareAddress, {
      message: 'publicUrl must be https://host or https://host:port, without a path or a slash at its end',
    }),
    /** The logo by the path of its file, seen from this one. */
    brand: brandSchema.extend({ logo: z.string().min(1).optional() }).optional(),
  }),
});

interface ShopFacts {
  readonly controller: Controller;
  readonly shop: Shop;
  readonly settings: KioskSettings;
}

/**
 * Sets a shop and its controller up, or brings them to new values, and publishes the notices that follow from them, in all shops of the controller.
 * All of it or nothing.
 */
export async function putShop(
  { db, now }: { readonly db: Database; readonly now: Clock },
  facts: ShopFacts,
): Promise<void> {
  const { controller, shop, settings } = facts;
  await db.transaction().execute(async (transaction) => {
    await refuseOtherClock(transaction, shop);
    await pinPromises(transaction, controller, now());
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
    // What a controller says of itself and promises is said in all of its shops.
    for (const other of await shopsOf(transaction, controller)) {
      if (largestReceipt(other) > MAX_RECEIPT_CHARS) {
        // A receipt that no server would take must never be given.
        throw new OperatorError(
          `What "${controller.id}" says of itself is too long for a receipt: shorten names and addresses.`,
        );
      }
      await publishNotices({ db: transaction, now }, other);
    }
  });
}

/** Hours that were counted by one clock cannot be read by another: every ledger of the shop would look as if its tallies had been closed too early. */
async function refuseOtherClock(db: Transaction<Tables>, shop: Shop): Promise<void> {
  const known = await db.selectFrom('shop').select('shop_json').where('id', '=', shop.id).executeTakeFirst();
  const before = known === undefined ? shop : (JSON.parse(known.shop_json) as Shop);
  if (before.timeZone === shop.timeZone) return;
  const counted = await db
    .selectFrom('tally')
    .innerJoin('kiosk', 'kiosk.id', 'tally.kiosk_id')
    .select('tally.hour')
    .where('kiosk.shop_id', '=', shop.id)
    .executeTakeFirst();
  const visited = await db
    .selectFrom('receipt')
    .select('id')
    .where('shop_id', '=', shop.id)
    .where('hour', 'is not', null)
    .executeTakeFirst();
  const anonymous = await db
    .selectFrom('anonymous_hour')
    .select('hour')
    .where('shop_id', '=', shop.id)
    .executeTakeFirst();
  if ([counted, visited, anonymous].every((row) => row === undefined)) return;
  throw new OperatorError(
    `The shop "${shop.id}" has counted by the clock of ${before.timeZone}: for another clock set up a new shop.`,
  );
}

async function shopsOf(db: Transaction<Tables>, controller: Controller): Promise<ShopFacts[]> {
  const shops = await db
    .selectFrom('shop')
    .select(['shop_json', 'settings_json'])
    .where('controller_id', '=', controller.id)
    .orderBy('id')
    .execute();
  return shops.map(({ shop_json, settings_json }) => ({
    controller,
    shop: JSON.parse(shop_json) as Shop,
    settings: JSON.parse(settings_json) as KioskSettings,
  }));
}

/** The length of the longest receipt that a shop can give, as a compact JWS. */
function largestReceipt({ controller, shop, settings }: ShopFacts): number {
  const id = 'A'.repeat(22);
  const hash = sha256(id);
  const document = makeReceipt({
    receiptId: id as ReceiptId,
    purposes: ['count', 'demographics'],
    givenBy: 'visitor',
    time: instant(0),
    timeUncertaintyMs: Number.MAX_SAFE_INTEGER,
    notice: { id: 'counting', version: '9999', language: shop.languages[0] ?? 'en', hash },
    buttonLabel: 'x'.repeat(MAX_BUTTON),
    answersShown: ['x'.repeat(MAX_BUTTON), 'x'.repeat(MAX_BUTTON)],
    controller,
    shop,
    kioskId: id as KioskId,
    receiptUrl: `${settings.publicUrl}/r/${id}`,
    noticeUrl: `${settings.publicUrl}/notices/${hash}`,
  });
  const bytes = new TextEncoder().encode(canonicalJson(document as unknown as Json)).length;
  return Math.ceil((bytes * 4) / 3) + HEADER_AND_SIGNATURE_CHARS;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
