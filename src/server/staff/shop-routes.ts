import type { FastifyInstance } from 'fastify';
import { apiPaths, newShopSchema } from '#protocol';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import { openShop } from '../terms/open-shop.ts';
import { renewStaffPin } from '../terms/renew-staff-pin.ts';
import { ADMINISTRATORS, allowedShop, allowedStaff, type ShopRoute, shopPattern } from './allowed-shop.ts';
import { isFromOurPage } from './from-our-page.ts';
import { maySeeShop } from './session.ts';

/** More shops and PINs than anybody makes at once. */
const CHANGES_PER_MINUTE = 20;

/** One more shop, and a new PIN for the tablets of one: for administrators. */
export function shopRoutes(app: FastifyInstance, context: ServerContext): void {
  const options = { config: { rateLimit: { max: CHANGES_PER_MINUTE } } };

  app.post(apiPaths.shops, options, async (request, reply) => {
    if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
    const staff = await allowedStaff(context, request, reply, ADMINISTRATORS);
    if (staff === null) return reply;
    const parsed = newShopSchema.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'malformed');
    // Another controller's shop gets the answer of one that does not exist.
    const copyOf = await maySeeShop(context, staff, parsed.data.copyOf);
    if (copyOf === null) return refuse(reply, 'not-found');
    const opened = await openShop(context, staff.controllerId, { ...parsed.data, copyOf });
    if (!opened.ok) return refuse(reply, opened.reason);
    return reply.header('cache-control', 'no-store').send(opened.answer);
  });

  app.post<ShopRoute>(shopPattern(apiPaths.staffPin), options, async (request, reply) => {
    if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
    const allowed = await allowedShop(context, request, reply, ADMINISTRATORS);
    if (allowed === null) return reply;
    const { shopId, staff } = allowed;
    const made = await renewStaffPin(context, { shopId, controllerId: staff.controllerId });
    return reply.header('cache-control', 'no-store').send(made);
  });
}
