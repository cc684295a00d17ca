import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apiPaths, signInRequestSchema } from '#protocol';
import { SECOND_MS, type ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import { describeSession, maySeeShop, type Staff, signIn, signOut, staffOf } from './session.ts';
import { todayOf } from './today.ts';

/** Guessing a 128-bit token is hopeless; this only keeps the noise down. */
const SIGN_INS_PER_MINUTE = 20;
/** Also notices kiosks that fell silent, which nothing else would tell. */
const HEARTBEAT_MS = 15 * SECOND_MS;
const MAX_STREAMS = 500;
const MAX_STREAMS_PER_SESSION = 8;

/** Signing in and out, and today's numbers, once and live. */
export function staffRoutes(app: FastifyInstance, context: ServerContext): void {
  const streams = new Map<string, number>();

  app.post(apiPaths.session, { config: { rateLimit: { max: SIGN_INS_PER_MINUTE } } }, async (request, reply) => {
    if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
    const parsed = signInRequestSchema.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'malformed');
    return (await signIn(context, reply, parsed.data.token)) ? reply.code(204).send() : refuse(reply, 'link-used');
  });

  app.get(apiPaths.session, async (request, reply) => {
    const staff = await staffOf(context, request);
    return staff === null ? refuse(reply, 'not-signed-in') : describeSession(context, staff);
  });

  app.delete(apiPaths.session, async (request, reply) => {
    if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
    const staff = await staffOf(context, request);
    if (staff !== null) await signOut(context, reply, staff);
    return reply.code(204).send();
  });

  app.get<ShopRoute>(apiPaths.today(':shopId').replace('%3A', ':'), async (request, reply) => {
    const allowed = await allowedShop(request, reply);
    return allowed === null ? reply : todayOf(context, allowed.shopId);
  });

  app.get<ShopRoute>(apiPaths.live(':shopId').replace('%3A', ':'), async (request, reply) => {
    const allowed = await allowedShop(request, reply);
    if (allowed === null) return reply;
    const { sessionHash } = allowed.staff;
    const open = streams.get(sessionHash) ?? 0;
    if (open >= MAX_STREAMS_PER_SESSION || context.live.listeners() >= MAX_STREAMS) {
      return refuse(reply, 'too-many-requests');
    }
    streams.set(sessionHash, open + 1);
    streamToday(context, request, reply, allowed, () => streams.set(sessionHash, (streams.get(sessionHash) ?? 1) - 1));
    return reply;
  });

  async function allowedShop(request: FastifyRequest<ShopRoute>, reply: FastifyReply) {
    const staff = await staffOf(context, request);
    if (staff === null) {
      refuse(reply, 'not-signed-in');
      return null;
    }
    const shopId = await maySeeShop(context, staff, request.params.shopId);
    if (shopId === null) {
      refuse(reply, 'not-found');
      return null;
    }
    return { staff, shopId };
  }
}

interface ShopRoute {
  Params: { readonly shopId: string };
}

/** Sends today whole at once, and again on each change, as Server-Sent Events (HTML standard, section 9.2). */
function streamToday(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { shopId }: { readonly staff: Staff; readonly shopId: ShopId },
  onEnd: () => void,
): void {
  reply.hijack();
  const headers = reply.getHeaders();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });

  async function sendToday(): Promise<void> {
    // A session that ended takes its streams with it.
    if ((await staffOf(context, request)) === null) return void reply.raw.end();
    const today = await todayOf(context, shopId);
    reply.raw.write(`event: today\ndata: ${JSON.stringify(today)}\n\n`);
  }
  const send = (): void => void sendToday().catch(() => reply.raw.end());
  const unlisten = context.live.listen(shopId, send);
  const heartbeat = setInterval(send, HEARTBEAT_MS);
  reply.raw.on('close', () => {
    clearInterval(heartbeat);
    unlisten();
    onEnd();
  });
  send();
}

/** Browsers say where a request comes from (Fetch Metadata); another site's page must not act with our cookie. */
function isFromOurPage(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
