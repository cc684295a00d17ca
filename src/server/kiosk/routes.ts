import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apiPaths, entriesRequestSchema, healthReportSchema, pairRequestSchema } from '#protocol';
import { sha256, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import { authenticateKiosk, isSignedBy, type KioskRow } from './authenticate.ts';
import { kioskConfig } from './config.ts';
import { keepHealth } from './health.ts';
import { ingest, storedHead } from './ingest.ts';
import { pairKiosk } from './pair.ts';

/** Guessing a pairing code of 50 bits at this rate takes longer than the code lives, many times over. */
const PAIRINGS_PER_MINUTE = 20;

/** What tablets call. Each request is signed by the tablet's key. */
export function kioskRoutes(app: FastifyInstance, context: ServerContext): void {
  app.post(apiPaths.pair, { config: { rateLimit: { max: PAIRINGS_PER_MINUTE } } }, async (request, reply) => {
    tellTime(reply);
    const parsed = pairRequestSchema.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'malformed');
    const signed = await isSignedBy(context, request, parsed.data.publicKey);
    if (!signed.ok) return refuse(reply, signed.reason, timeFor(signed.reason));
    const paired = await pairKiosk(context, parsed.data, isLoopback(request));
    return paired.ok ? paired.paired : refuse(reply, paired.reason);
  });

  app.get(apiPaths.head, async (request, reply) => {
    const kiosk = await signedBy(request, reply);
    return kiosk === null ? reply : { head: await storedHead(context, kiosk.id) };
  });

  app.post(apiPaths.entries, async (request, reply) => {
    const kiosk = await signedBy(request, reply);
    if (kiosk === null) return reply;
    const parsed = entriesRequestSchema.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'malformed');
    const result = await ingest(context, kiosk, parsed.data.records);
    if (result.ok) return { head: result.head };
    const { head, seq } = result;
    return refuse(reply, result.reason, { head, ...(seq === null ? {} : { seq }) });
  });

  app.post(apiPaths.health, async (request, reply) => {
    const kiosk = await signedBy(request, reply);
    if (kiosk === null) return reply;
    const parsed = healthReportSchema.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'malformed');
    await keepHealth(context, kiosk, parsed.data);
    return reply.code(204).send();
  });

  app.get(apiPaths.config, async (request, reply) => {
    const kiosk = await signedBy(request, reply);
    if (kiosk === null) return reply;
    const body = JSON.stringify(await kioskConfig(context, kiosk));
    const etag = `"${sha256(body).slice(0, 32)}"`;
    reply.header('etag', etag);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/json').send(body);
  });

  async function signedBy(request: FastifyRequest, reply: FastifyReply): Promise<KioskRow | null> {
    tellTime(reply);
    const authenticated = await authenticateKiosk(context, request);
    if (authenticated.ok) return authenticated.kiosk;
    refuse(reply, authenticated.reason, timeFor(authenticated.reason));
    return null;
  }

  /** Tablets set their clocks by this. */
  function tellTime(reply: FastifyReply): void {
    reply.header('x-server-time', toIso(context.now()));
  }

  function timeFor(reason: string) {
    return reason === 'clock-wrong' ? { serverTime: toIso(context.now()) } : {};
  }
}

function isLoopback({ ip }: FastifyRequest): boolean {
  return ip === '::1' || /^(::ffff:)?127\./.test(ip);
}
