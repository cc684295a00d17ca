import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SessionAnswer, StaffRole } from '#protocol';
import {
  type ControllerId,
  DAY_MS,
  HOUR_MS,
  instant,
  type PersonId,
  randomId,
  SECOND_MS,
  type Sha256,
  type ShopId,
  sha256,
} from '#values';
import type { ServerContext } from '../context.ts';
import { isLoopbackHost } from '../kiosk/own-machine.ts';

const COOKIE = 'askfirst_session';
/** A working day. */
const SESSION_LIFETIME_MS = 12 * HOUR_MS;
const LINK_LIFETIME_MS = DAY_MS;
const SHOP_ID = /^[a-z0-9-]{1,64}$/;

export interface Staff {
  readonly personId: PersonId;
  readonly name: string;
  readonly role: StaffRole;
  readonly controllerId: ControllerId;
  readonly sessionHash: Sha256;
}

type Stores = Pick<ServerContext, 'db' | 'now' | 'random'>;

/** A token that signs a person in once. It stands behind `#` in the printed link, so that it never reaches a log. */
export async function makeSignInToken({ db, now, random }: Stores, personId: PersonId): Promise<string> {
  const token = randomId(random);
  await db.deleteFrom('sign_in_link').where('expires_at', '<=', now()).execute();
  await db
    .insertInto('sign_in_link')
    .values({ token_hash: sha256(token), person_id: personId, expires_at: instant(now() + LINK_LIFETIME_MS) })
    .execute();
  return token;
}

/** Uses a sign-in token up and begins a session. False where it is unknown, used or too old: nobody learns which. */
export async function signIn(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<boolean> {
  const { db, now, random, isTls } = context;
  const session = randomId(random);
  const hasBegun = await db.transaction().execute(async (transaction) => {
    const link = await transaction
      .deleteFrom('sign_in_link')
      .where('token_hash', '=', sha256(token))
      .where('expires_at', '>', now())
      .returning('person_id')
      .executeTakeFirst();
    if (link === undefined) return false;
    await transaction.deleteFrom('session').where('expires_at', '<=', now()).execute();
    await transaction
      .insertInto('session')
      .values({
        token_hash: sha256(session),
        person_id: link.person_id,
        expires_at: instant(now() + SESSION_LIFETIME_MS),
      })
      .execute();
    return true;
  });
  if (!hasBegun) return false;
  // Off this machine browsers give a camera to TLS alone, so a server without it is of no use there anyway.
  reply.setCookie(COOKIE, session, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isTls || !isLoopbackHost(request.hostname),
    maxAge: SESSION_LIFETIME_MS / SECOND_MS,
  });
  return true;
}

/** The person of a request's session, or null. */
export async function staffOf({ db, now }: ServerContext, request: FastifyRequest): Promise<Staff | null> {
  const token = request.cookies[COOKIE];
  if (token === undefined) return null;
  const sessionHash = sha256(token);
  const person = await db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .select(['person.id', 'person.name', 'person.role', 'person.controller_id'])
    .where('session.token_hash', '=', sessionHash)
    .where('session.expires_at', '>', now())
    .executeTakeFirst();
  if (person === undefined) return null;
  const { id, name, role, controller_id } = person;
  return { personId: id, name, role, controllerId: controller_id, sessionHash };
}

export async function signOut({ db, live }: ServerContext, reply: FastifyReply, staff: Staff): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', staff.sessionHash).execute();
  live.endSession(staff.sessionHash);
  reply.clearCookie(COOKIE, { path: '/' });
}

/** What a person may see: the shops of their own controller, and no other's. */
export async function describeSession({ db }: ServerContext, staff: Staff): Promise<SessionAnswer> {
  const shops = await db
    .selectFrom('shop')
    .select(['id', 'shop_json'])
    .where('controller_id', '=', staff.controllerId)
    .orderBy('id')
    .execute();
  return {
    name: staff.name,
    role: staff.role,
    shops: shops.map((shop) => ({
      id: shop.id,
      name: (JSON.parse(shop.shop_json) as { name: string }).name,
    })),
  };
}

export async function maySeeShop(
  { db }: ServerContext,
  staff: Staff,
  shopId: string,
): Promise<ShopId | null> {
  // PostgreSQL refuses NUL and other texts that no shop's id can be.
  if (!SHOP_ID.test(shopId)) return null;
  const shop = await db
    .selectFrom('shop')
    .select('id')
    .where('id', '=', shopId as ShopId)
    .where('controller_id', '=', staff.controllerId)
    .executeTakeFirst();
  return shop?.id ?? null;
}
