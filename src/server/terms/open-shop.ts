import type { NewShop, RefusalReason, StaffPinAnswer } from '#protocol';
import { bytesToHex, type ControllerId, type Outcome, type RandomBytes, type ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import { publish } from '../publication.ts';
import { factsOfShop, lockController, shopsOf } from '../shop-facts.ts';
import { isTimeZone } from '../shops.ts';
import { hashPin, randomPin } from '../staff-pin.ts';
import { refusalOf } from './change-terms.ts';

/** What a company says of itself is published in all of its shops at once, for which others wait: a second for so many in twelve languages. */
const MAX_SHOPS = 200;
/** 40 random bits. */
const SUFFIX_BYTES = 5;
const MAX_NAME_IN_ID = 40;

type ShopRefusal = Extract<
  RefusalReason,
  'malformed' | 'not-allowed' | 'name-taken' | ReturnType<typeof refusalOf>
>;

/** Sets up one more shop of a controller, with a PIN of its own and all else as in the shop that it copies. */
export async function openShop(
  { db, now, random }: Pick<ServerContext, 'db' | 'now' | 'random'>,
  controllerId: ControllerId,
  { copyOf, name, timeZone, languages }: NewShop,
): Promise<Outcome<{ readonly answer: StaffPinAnswer }, ShopRefusal>> {
  if (!isTimeZone(timeZone)) return { ok: false, reason: 'malformed' };
  const pin = randomPin(random);
  // Before the transaction: nobody need wait for it.
  const staffPin = await hashPin(pin, random);
  return db.transaction().execute(async (transaction) => {
    await lockController(transaction, controllerId);
    const shops = await shopsOf(transaction, controllerId);
    if (shops.length >= MAX_SHOPS) return { ok: false, reason: 'not-allowed' } as const;
    if (shops.some(({ shop }) => shop.name === name)) return { ok: false, reason: 'name-taken' } as const;
    const { controller, settings } = await factsOfShop(transaction, copyOf);
    const shop = { id: idFor(name, random), name, timeZone, languages };
    const facts = { controller, shop, settings: { ...settings, staffPin } };
    const published = await publish({ db: transaction, now: now() }, facts);
    if (!published.ok) return { ok: false, reason: refusalOf(published) } as const;
    return { ok: true, answer: { shopId: shop.id, pin } } as const;
  });
}

/** Its name for people who read addresses, and digits that nobody can guess: else who asks for a name would learn whether others have such a shop. */
function idFor(name: string, random: RandomBytes): ShopId {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME_IN_ID)
    .replace(/^-+|-+$/g, '');
  return `${words === '' ? 'shop' : words}-${bytesToHex(random(SUFFIX_BYTES))}` as ShopId;
}
