import { z } from 'zod';
import { type Controller, makeReceipt, type Shop } from '#consent';
import { brandSchema, type KioskSettings, kioskConfigSchema, MAX_RECEIPT_CHARS } from '#protocol';
import { type Clock, canonicalJson, instant, type Json, type KioskId, type ReceiptId, sha256 } from '#values';
import type { Database } from './database/open.ts';
import { publishNotices } from './notices.ts';
import { OperatorError } from './trouble.ts';

/** A button's words, in any language. */
const LONGEST_BUTTON = 200;
const HEADER_AND_SIGNATURE_CHARS = 256;

/** A shop as an administrator writes it down. The PIN's hash is made from a PIN and never written by hand. */
export const shopFileSchema = z.strictObject({
  controller: kioskConfigSchema.shape.controller,
  shop: kioskConfigSchema.shape.shop.refine(({ timeZone }) => isTimeZone(timeZone), {
    message: 'timeZone must be an IANA name such as Europe/Dublin',
  }),
  settings: kioskConfigSchema.shape.settings.omit({ staffPin: true }).extend({
    /** The logo by the path of its file, seen from this one. */
    brand: brandSchema.extend({ logo: z.string().min(1).optional() }).optional(),
  }),
});

/** Sets a shop and its controller up, or brings them to new values, and publishes the notices that follow from them. All of it or nothing. */
export async function putShop(
  { db, now }: { readonly db: Database; readonly now: Clock },
  facts: { readonly controller: Controller; readonly shop: Shop; readonly settings: KioskSettings },
): Promise<void> {
  const { controller, shop, settings } = facts;
  if (largestReceipt(facts) > MAX_RECEIPT_CHARS) {
    // A receipt that no server would take must never be given.
    throw new OperatorError(
      `What "${controller.id}" says of itself is too long for a receipt: shorten names and addresses.`,
    );
  }
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

/** The length of the longest receipt that a shop can give, as a compact JWS. */
function largestReceipt({ controller, shop, settings }: Parameters<typeof putShop>[1]): number {
  const id = 'A'.repeat(22);
  const hash = sha256(id);
  const document = makeReceipt({
    receiptId: id as ReceiptId,
    purposes: ['count', 'demographics'],
    givenBy: 'visitor',
    time: instant(0),
    timeUncertaintyMs: Number.MAX_SAFE_INTEGER,
    notice: { id: 'counting', version: '9999', language: shop.languages[0] ?? 'en', hash },
    buttonLabel: 'x'.repeat(LONGEST_BUTTON),
    answersShown: ['x'.repeat(LONGEST_BUTTON), 'x'.repeat(LONGEST_BUTTON)],
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
