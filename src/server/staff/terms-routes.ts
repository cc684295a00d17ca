import type { FastifyInstance } from 'fastify';
import { apiPaths, termsChangeSchema, termsPublicationSchema } from '#protocol';
import type { ControllerId } from '#values';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import { shopsOf } from '../shop-facts.ts';
import { previewTerms, publishTerms } from '../terms/change-terms.ts';
import { readTerms } from '../terms/stored-terms.ts';
import { allowedShop, OFFICERS, type ShopRoute, shopPattern } from './allowed-shop.ts';
import { isFromOurPage } from './from-our-page.ts';

/** More than anybody publishes, or looks at before. */
const CHANGES_PER_MINUTE = 20;

/** What a shop says to visitors: officers and administrators read it, see what a change would make of it, and publish the change. */
export function termsRoutes(app: FastifyInstance, context: ServerContext): void {
  const options = { config: { rateLimit: { max: CHANGES_PER_MINUTE } } };

  app.get<ShopRoute>(shopPattern(apiPaths.terms), async (request, reply) => {
    const allowed = await allowedShop(context, request, reply, OFFICERS);
    if (allowed === null) return reply;
    return reply.header('cache-control', 'no-store').send(await readTerms(context, allowed.shopId));
  });

  app.post<ShopRoute>(shopPattern(apiPaths.termsPreview), options, async (request, reply) => {
    if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
    const allowed = await allowedShop(context, request, reply, OFFICERS);
    if (allowed === null) return reply;
    const change = termsChangeSchema.safeParse(request.body);
    if (!change.success) return refuse(reply, 'malformed');
    const previewed = await previewTerms(context, allowed.shopId, change.data);
    if (!previewed.ok) return refuse(reply, previewed.reason);
    return reply.header('cache-control', 'no-store').send(previewed.preview);
  });

  app.post<ShopRoute>(shopPattern(apiPaths.terms), options, async (request, reply) => {
    if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
    const allowed = await allowedShop(context, request, reply, OFFICERS);
    if (allowed === null) return reply;
    const wanted = termsPublicationSchema.safeParse(request.body);
    if (!wanted.success) return refuse(reply, 'malformed');
    const { controllerId } = allowed.staff;
    const published = await publishTerms(context, { shopId: allowed.shopId, controllerId }, wanted.data);
    if (!published.ok) return refuse(reply, published.reason);
    await tellScreens(controllerId);
    return reply.header('cache-control', 'no-store').send(published.answer);
  });

  /** Open screens show a shop's name. */
  async function tellScreens(controllerId: ControllerId): Promise<void> {
    for (const { shop } of await shopsOf(context.db, controllerId)) context.live.changed(shop.id);
  }
}
