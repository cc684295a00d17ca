import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Shop } from '#consent';
import { brandSchema, kioskConfigSchema } from '#protocol';
import type { Clock, ControllerId } from '#values';
import type { Database } from './database/open.ts';
import type { Tables } from './database/schema.ts';
import { isBareAddress } from './options.ts';
import { type PublicationFault, publish } from './publication.ts';
import { factsOfShop, lockController, type ShopFacts } from './shop-facts.ts';
import { OperatorError } from './trouble.ts';

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

/**
 * Sets a shop and its controller up, or brings them to new values, and publishes the notices that follow from them, in all shops of the controller.
 * All of it or nothing. Gives the fields that said something else before.
 */
export async function putShop(
  { db, now }: { readonly db: Database; readonly now: Clock },
  facts: ShopFacts,
): Promise<readonly string[]> {
  const { controller, shop } = facts;
  return db.transaction().execute(async (transaction) => {
    await refuseOtherClock(transaction, shop);
    await refuseOtherController(transaction, facts);
    await transaction
      .insertInto('controller')
      .values({ id: controller.id, controller_json: JSON.stringify(controller) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await lockController(transaction, controller.id);
    const replaced = await replacedBy(transaction, facts);
    const published = await publish({ db: transaction, now: now() }, facts);
    if (!published.ok) throw new OperatorError(inWords(published, controller.id));
    return replaced;
  });
}

/** The PIN is left out, of which whoever puts it is told by itself. */
async function replacedBy(db: Transaction<Tables>, after: ShopFacts): Promise<readonly string[]> {
  const known = await db.selectFrom('shop').select('id').where('id', '=', after.shop.id).executeTakeFirst();
  if (known === undefined) return [];
  const before = await factsOfShop(db, known.id);
  return (['controller', 'shop', 'settings'] as const).flatMap((part) => {
    const [old, next] = [fieldsOf(before[part]), fieldsOf(after[part])];
    return [...new Set([...old.keys(), ...next.keys()])]
      .filter((field) => field !== 'staffPin' && !isDeepStrictEqual(old.get(field), next.get(field)))
      .map((field) => `${part}.${field}`);
  });
}

function fieldsOf(part: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(part));
}

function inWords(fault: PublicationFault, controllerId: ControllerId): string {
  switch (fault.reason) {
    case 'language-unknown':
      return `There is no notice in the language "${fault.language}".`;
    case 'language-twice':
      return `The language "${fault.language}" is named twice.`;
    case 'notice-too-long':
      return `What "${controllerId}" says of itself is too long for a notice: shorten names.`;
    case 'receipt-too-long':
      return `What "${controllerId}" says of itself is too long for a receipt: shorten names and addresses.`;
    case 'too-many-notices':
      return `The shop "${fault.shopId}" has had so many notices that no more fit into its exports: set up a new shop.`;
  }
}

/** Its receipts name the controller that they were given to: another one begins with a shop of its own. */
async function refuseOtherController(
  db: Transaction<Tables>,
  { controller, shop }: ShopFacts,
): Promise<void> {
  const known = await db
    .selectFrom('shop')
    .select('controller_id')
    .where('id', '=', shop.id)
    .executeTakeFirst();
  if (known === undefined || known.controller_id === controller.id) return;
  throw new OperatorError(
    `The shop "${shop.id}" belongs to "${known.controller_id}" and cannot change hands.`,
  );
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

/** Whether a name is one of a time zone, and no difference to UTC, which knows no summer. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
