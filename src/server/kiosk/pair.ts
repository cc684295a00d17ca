import { keyThumbprint } from '#consent';
import type { PairRequest, PairResponse, RefusalReason } from '#protocol';
import {
  instant,
  type KioskId,
  MINUTE_MS,
  type Outcome,
  type RandomBytes,
  randomId,
  type ShopId,
  sha256,
} from '#values';
import type { ServerContext } from '../context.ts';
import { demoShop } from '../demo/demo-shop.ts';

const PAIRING_CODE_LIFETIME_MS = 15 * MINUTE_MS;
/** Letters and digits that nobody mixes up when they are read out: 10 of 32 are 50 random bits. */
const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 10;

/**
 * Lets a tablet in: with a code, or on a demo server from its own machine. The same key again is the same kiosk. One that was paired before and that
 * this server does not know, put back to an older backup as it may be, becomes the kiosk again that it was, or its ledger could never join on: where
 * no other key has that id, in the shop where it was. That the id is really its own is shown by its ledger's first entry, which ingest asks for.
 */
export async function pairKiosk(
  context: ServerContext,
  request: PairRequest,
  isOwnMachine: boolean,
): Promise<Outcome<{ readonly paired: PairResponse }, RefusalReason>> {
  const kid = await keyThumbprint(request.publicKey);
  return context.db.transaction().execute(async (db) => {
    const known = await db.selectFrom('kiosk').selectAll().where('kid', '=', kid).executeTakeFirst();
    if (known !== undefined) {
      if (known.revoked_at !== null) return { ok: false, reason: 'kiosk-revoked' } as const;
      return { ok: true, paired: await describe(db, known.id, known.shop_id) } as const;
    }
    const { pairedAs } = request;
    if (pairedAs !== undefined && (await isTaken(db, pairedAs.kioskId))) {
      return { ok: false, reason: 'other-kiosk' } as const;
    }
    const shopId = await shopToJoin(context, db, request, isOwnMachine);
    if (shopId === null) return { ok: false, reason: 'pairing-code-wrong' } as const;
    const { count } = await db
      .selectFrom('kiosk')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('shop_id', '=', shopId)
      .executeTakeFirstOrThrow();
    const kiosk = await db
      .insertInto('kiosk')
      .values({
        id: pairedAs?.kioskId ?? randomId<KioskId>(context.random),
        kid,
        public_key_json: JSON.stringify(request.publicKey),
        shop_id: shopId,
        name: String(count + 1),
        paired_at: context.now(),
        revoked_at: null,
        forked_at: null,
        head_seq: null,
        head_hash: null,
        last_seen: null,
        health_json: null,
      })
      // The same tablet may ask twice at once: the second gets what the first was given.
      .onConflict((conflict) => conflict.column('kid').doUpdateSet({ kid }))
      .returning(['id', 'shop_id'])
      .executeTakeFirstOrThrow();
    return { ok: true, paired: await describe(db, kiosk.id, kiosk.shop_id) } as const;
  });
}

/** A code for one tablet, good for a quarter of an hour. Only its hash is kept. */
export async function makePairingCode(
  { db, now, random }: Pick<ServerContext, 'db' | 'now' | 'random'>,
  shopId: ShopId,
) {
  const code = readableCode(random);
  await db.deleteFrom('pairing_code').where('expires_at', '<=', now()).execute();
  await db
    .insertInto('pairing_code')
    .values({
      code_hash: sha256(code),
      shop_id: shopId,
      expires_at: instant(now() + PAIRING_CODE_LIFETIME_MS),
    })
    .execute();
  return code;
}

function readableCode(random: RandomBytes): string {
  return Array.from(random(CODE_LENGTH), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('');
}

async function shopToJoin(
  { now, isDemo }: ServerContext,
  db: ServerContext['db'],
  { code, pairedAs }: PairRequest,
  isOwnMachine: boolean,
): Promise<ShopId | null> {
  const shops = db.selectFrom('shop').select('id').orderBy('id');
  const possible =
    pairedAs === undefined
      ? shops
      : shops.where('id', '=', pairedAs.shopId).where('controller_id', '=', pairedAs.controllerId);
  if (code === undefined) {
    if (!isDemo || !isOwnMachine) return null;
    // A demo may have got more shops since; what nobody chose a shop for goes to its own.
    const own = pairedAs === undefined ? possible.where('id', '=', demoShop.id) : possible;
    return (await own.executeTakeFirst())?.id ?? null;
  }
  const used = await db
    .deleteFrom('pairing_code')
    .where('code_hash', '=', sha256(code.toUpperCase()))
    .where('expires_at', '>', now())
    .where('shop_id', 'in', possible)
    .returning('shop_id')
    .executeTakeFirst();
  return used?.shop_id ?? null;
}

async function isTaken(db: ServerContext['db'], id: KioskId): Promise<boolean> {
  return (await db.selectFrom('kiosk').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

async function describe(db: ServerContext['db'], kioskId: KioskId, shopId: ShopId): Promise<PairResponse> {
  const shop = await db
    .selectFrom('shop')
    .select('controller_id')
    .where('id', '=', shopId)
    .executeTakeFirstOrThrow();
  return { kioskId, shopId, controllerId: shop.controller_id };
}
