import type { FastifyInstance } from 'fastify';
import { apiPaths, type ReceiptAnswer, signInRequestSchema, staffWithdrawalSchema } from '#protocol';
import type { ServerContext } from '../context.ts';
import { keyInShopsOf, withdrawReceipt } from '../receipt/withdraw-receipt.ts';
import { refuse } from '../refuse.ts';
import { allowedShop, type ShopRoute, shopPattern } from './allowed-shop.ts';
import { eventStream } from './event-stream.ts';
import { isFromOurPage } from './from-our-page.ts';
import { describeSession, signIn, signOut, staffOf } from './session.ts';
import { todayOf } from './today.ts';

/** As many visitors as can stand before one counter. */
const WITHDRAWALS_PER_MINUTE = 60;
/** Guessing a 128-bit token is hopeless; this only keeps the noise down. */
const SIGN_INS_PER_MINUTE = 20;

/** Signing in and out, and today's numbers, once and live. */
export function staffRoutes(app: FastifyInstance, context: ServerContext): void {
  app.post(
    apiPaths.session,
    { config: { rateLimit: { max: SIGN_INS_PER_MINUTE } } },
    async (request, reply) => {
      if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
      const parsed = signInRequestSchema.safeParse(request.body);
      if (!parsed.success) return refuse(reply, 'malformed');
      const hasBegun = await signIn(context, request, reply, parsed.data.token);
      return hasBegun ? reply.code(204).send() : refuse(reply, 'link-used');
    },
  );

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

  app.post(
    apiPaths.staffWithdrawals,
    { config: { rateLimit: { max: WITHDRAWALS_PER_MINUTE } } },
    async (request, reply) => {
      if (!isFromOurPage(request)) return refuse(reply, 'not-allowed');
      const staff = await staffOf(context, request);
      if (staff === null) return refuse(reply, 'not-signed-in');
      const parsed = staffWithdrawalSchema.safeParse(request.body);
      if (!parsed.success) return refuse(reply, 'malformed');
      // Another controller's receipt gets the answer of one that does not exist. Its holder can take it back by phone.
      const keyThumbprint = await keyInShopsOf(context, staff.controllerId, parsed.data);
      if (keyThumbprint === null) return reply.send({ state: 'unknown' } satisfies ReceiptAnswer);
      const withdrawn = await withdrawReceipt(context, {
        ...parsed.data,
        keyThumbprint,
        place: 'staff',
        // It has arrived; one that retention deleted since has nothing that could be waited for.
        mayWait: async () => false,
      });
      return withdrawn.ok ? reply.send(withdrawn.answer) : refuse(reply, withdrawn.reason);
    },
  );

  app.get<ShopRoute>(shopPattern(apiPaths.today), async (request, reply) => {
    const allowed = await allowedShop(context, request, reply);
    if (allowed === null) return reply;
    return reply.header('cache-control', 'no-store').send(await todayOf(context, allowed.shopId));
  });

  app.get<ShopRoute>(shopPattern(apiPaths.live), async (request, reply) => {
    const allowed = await allowedShop(context, request, reply);
    if (allowed === null) return reply;
    const stream = eventStream(reply, {
      hash: allowed.staff.sessionHash,
      mayStay: async () => (await staffOf(context, request)) !== null,
    });
    const remove = context.live.add(allowed.shopId, stream);
    if (remove === null) return refuse(reply, 'too-many-requests');
    stream.begin();
    reply.raw.on('close', remove);
    // Who left while we were asking the database has had its `close` already.
    if (reply.raw.destroyed) remove();
    return reply;
  });
}
