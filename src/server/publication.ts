import type { Transaction } from 'kysely';
import type { Instant, ShopId } from '#values';
import type { Database } from './database/open.ts';
import type { Tables } from './database/schema.ts';
import { hasRoomFor } from './notice-limits.ts';
import { type NewNotice, NOTICE_LANGUAGES, newNotices, publishNotices } from './notices.ts';
import { receiptIsTaken } from './receipt-is-taken.ts';
import { pinPromises } from './retention/pin-promises.ts';
import { type ShopFacts, shopsOf } from './shop-facts.ts';

/** What a change of a shop brings with it, in the shop itself and in the others of its controller. */
export interface Publication {
  readonly facts: ShopFacts;
  readonly shops: readonly { readonly shop: ShopFacts['shop']; readonly notices: readonly NewNotice[] }[];
}

export type PublicationFault =
  | { readonly reason: 'language-unknown' | 'language-twice'; readonly language: string }
  | { readonly reason: 'notice-too-long' | 'receipt-too-long' }
  | { readonly reason: 'too-many-notices'; readonly shopId: ShopId };

type Planned =
  | { readonly ok: true; readonly publication: Publication }
  | ({ readonly ok: false } & PublicationFault);

/**
 * What would be published if a shop and its controller were brought to these facts. Stores nothing. What a controller says of itself and promises is
 * said in all of its shops.
 */
export async function planPublication(db: Database, facts: ShopFacts): Promise<Planned> {
  const { controller, shop } = facts;
  const others = (await shopsOf(db, controller.id)).filter((other) => other.shop.id !== shop.id);
  const shops: Publication['shops'][number][] = [];
  for (const each of [facts, ...others.map((other) => ({ ...other, controller }))]) {
    const fault = faultOfLanguages(each.shop.languages);
    if (fault !== null) return { ok: false, ...fault };
    // A receipt that no server would take must never be given.
    if (!receiptIsTaken(each)) return { ok: false, reason: 'receipt-too-long' };
    const made = await newNotices(db, each);
    if (!made.ok) return made;
    if (!(await hasRoomFor(db, each.shop.id, made.notices.length)))
      return { ok: false, reason: 'too-many-notices', shopId: each.shop.id };
    shops.push({ shop: each.shop, notices: made.notices });
  }
  return { ok: true, publication: { facts, shops } };
}

/**
 * Brings a shop and its controller to new facts and publishes the notices that follow from them, or refuses and changes nothing. The controller's row
 * is locked before: what was planned would else be older than what it is written over.
 */
export async function publish(
  { db, now }: { readonly db: Transaction<Tables>; readonly now: Instant },
  facts: ShopFacts,
): Promise<Planned> {
  const planned = await planPublication(db, facts);
  if (planned.ok) await carryOut({ db, now }, planned.publication);
  return planned;
}

/** Does what was planned, under the same lock of the controller's row. */
export async function carryOut(
  { db, now }: { readonly db: Transaction<Tables>; readonly now: Instant },
  { facts: { controller, shop, settings }, shops }: Publication,
): Promise<void> {
  await pinPromises(db, controller, now);
  await db
    .updateTable('controller')
    .set({ controller_json: JSON.stringify(controller) })
    .where('id', '=', controller.id)
    .execute();
  const values = { shop_json: JSON.stringify(shop), settings_json: JSON.stringify(settings) };
  await db
    .insertInto('shop')
    .values({ id: shop.id, controller_id: controller.id, ...values })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(values).where('shop.controller_id', '=', controller.id),
    )
    .returning('id')
    // Another controller's shop gives no row, and is never written over.
    .executeTakeFirstOrThrow();
  for (const { shop: each, notices } of shops)
    await publishNotices({ db, now }, { shopId: each.id, controllerId: controller.id }, notices);
}

function faultOfLanguages(languages: readonly string[]): PublicationFault | null {
  const unknown = languages.find((language) => !NOTICE_LANGUAGES.includes(language));
  if (unknown !== undefined) return { reason: 'language-unknown', language: unknown };
  const twice = languages.find((language, index) => languages.indexOf(language) !== index);
  return twice === undefined ? null : { reason: 'language-twice', language: twice };
}
