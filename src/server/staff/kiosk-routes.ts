import type { FastifyInstance } from 'fastify';
import { apiPaths, type PairingCodeAnswer } from '#protocol';
import { isRandomId, type KioskId, type ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import { makePairingCode } from '../kiosk/pair.ts';
import { revokeKiosk } from '../people.ts';
import { refuse } from '../refuse.ts';
import { ADMINISTRATORS, allowedShop, OFFICERS, type ShopRoute, shopPattern } from './allowed-shop.ts';
import { isFromOurPage } from './from-our-page.ts';

/** More tablets than anybody sets up at once. */
const CHANGES_PER_MINUTE = 20;

interface KioskRoute {
  Params: { readonly shopId: string; readonly kioskId: string };
}

/** Shutting a stolen tablet out, and letting a new one in. */
export function staffKioskRoutes(app: FastifyInstance, context: ServerContext): void {
  const options = { config: { rateLimit: { max: CHANGES_PER_MINUTE } } };

  app.post<KioskRoute>(
    shopPattern((shopId) => apiPaths.revokeKiosk(shopId, ':kioskId')),
    options,
    async (request, reply) => {
      if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
      const allowed = await allowedShop(context, request, reply, OFFICERS);
      if (allowed === null) return reply;
      const kioskId = request.params.kioskId as KioskId;
      // A kiosk of another shop gets the answer of one that does not exist.
      if (!isRandomId(kioskId) || !(await isOfShop(context, kioskId, allowed.shopId)))
        return refuse(reply, 'not-found');
      await revokeKiosk(context, kioskId);
      context.live.changed(allowed.shopId);
      return reply.code(204).send();
    },
  );

  app.post<ShopRoute>(shopPattern(apiPaths.pairingCodes), options, async (request, reply) => {
    if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
    const allowed = await allowedShop(context, request, reply, ADMINISTRATORS);
    if (allowed === null) return reply;
    const code = await makePairingCode(context, allowed.shopId);
    return reply.header('cache-control', 'no-store').send({ code } satisfies PairingCodeAnswer);
  });
}

async function isOfShop(
  { db }: Pick<ServerContext, 'db'>,
  kioskId: KioskId,
  shopId: ShopId,
): Promise<boolean> {
  const found = await db
    .selectFrom('kiosk')
    .select('id')
    .where('id', '=', kioskId)
    .where('shop_id', '=', shopId)
    .executeTakeFirst();
  return found !== undefined;
}
