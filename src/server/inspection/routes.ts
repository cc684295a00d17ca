import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { apiPaths, inspectionPeriodSchema } from '#protocol';
import { MINUTE_MS, type ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import { allowedShop, OFFICERS, type ShopRoute, shopPattern } from '../staff/allowed-shop.ts';
import { endWhenStalled } from './end-when-stalled.ts';
import { exportShop } from './export-shop.ts';
import { inspectShop } from './inspect-shop.ts';
import { Turns } from './turns.ts';

/** Each reads the whole ledger of a shop, which for half a year of a busy one takes seconds. */
const READINGS_PER_MINUTE = 30;
/** A link that is only slow takes something within this time. */
const STALLED_MS = MINUTE_MS;
const EXPORT_TYPE = 'application/x-ndjson';

/** What officers hold against the promises: the shop's own inspection, and the file for somebody else's. */
export function inspectionRoutes(app: FastifyInstance, context: ServerContext, billFile: string): void {
  const turns = new Turns<ShopId>();
  const options = { config: { rateLimit: { max: READINGS_PER_MINUTE } } };

  app.get<ShopRoute>(shopPattern(apiPaths.inspection), options, async (request, reply) => {
    const allowed = await allowedShop(context, request, reply, OFFICERS);
    if (allowed === null) return reply;
    const period = inspectionPeriodSchema.safeParse(request.query);
    if (!period.success) return refuse(reply, 'malformed');
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    const asked = { ...context, signal: left.signal };
    const inspection = await turns
      .take(allowed.shopId, async () => {
        left.signal.throwIfAborted();
        return inspectShop(asked, allowed.shopId, period.data, billFile);
      })
      .catch((error: unknown) => {
        if (!left.signal.aborted) throw error;
        // Nobody is there any more who could hear of it.
        return null;
      });
    if (inspection === null) return refuse(reply, 'server-busy');
    return reply.header('cache-control', 'no-store').send(inspection);
  });

  app.get<ShopRoute>(shopPattern(apiPaths.exportShop), options, async (request, reply) => {
    const allowed = await allowedShop(context, request, reply, OFFICERS);
    if (allowed === null) return reply;
    const exported = await exportShop(context, allowed.shopId);
    if (!exported.ok) return refuse(reply, exported.reason);
    const { fileName, pieces, end } = exported;
    // Also where whoever asked goes before the first piece: what was never begun does not end by itself.
    reply.raw.once('close', end);
    if (reply.raw.destroyed) end();
    endWhenStalled(reply.raw, STALLED_MS);
    return reply
      .type(EXPORT_TYPE)
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(pieces, { objectMode: false }));
  });
}
