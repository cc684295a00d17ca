import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apiPaths, type ReceiptAnswer, receiptSecretRequestSchema } from '#protocol';
import { isRandomId, type ReceiptId } from '#values';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import { readReceipt } from './read-receipt.ts';
import { waitingShare } from './waiting-withdrawals.ts';
import { withdrawReceipt } from './withdraw-receipt.ts';

/** Enough for a person with a phone; a guesser of 128 random bits gets nowhere with it. */
const REQUESTS_PER_MINUTE = 60;

interface ReceiptRoute {
  Params: { readonly receiptId: string };
}

/** What a visitor's phone calls. A wrong secret, a wrong id and a receipt that has not arrived get one and the same answer. */
export function receiptRoutes(app: FastifyInstance, context: ServerContext): void {
  const config = { rateLimit: { max: REQUESTS_PER_MINUTE } };
  const mayWait = waitingShare(app);

  app.post<ReceiptRoute>(pattern(apiPaths.readReceipt), { config }, async (request, reply) => {
    const asked = readRequest(request);
    if (asked === null) return refuse(reply, 'malformed');
    return answer(reply, await readReceipt(context, asked));
  });

  app.post<ReceiptRoute>(pattern(apiPaths.withdrawReceipt), { config }, async (request, reply) => {
    const asked = readRequest(request);
    if (asked === null) return refuse(reply, 'malformed');
    const withdrawn = await withdrawReceipt(context, {
      ...asked,
      place: 'phone',
      mayWait: () => mayWait(request),
    });
    return withdrawn.ok ? answer(reply, withdrawn.answer) : refuse(reply, withdrawn.reason);
  });
}

function pattern(path: (receiptId: string) => string): string {
  return decodeURIComponent(path(':receiptId'));
}

function readRequest({ params, body }: FastifyRequest<ReceiptRoute>) {
  const parsed = receiptSecretRequestSchema.safeParse(body);
  if (!parsed.success || !isRandomId(params.receiptId)) return null;
  const { secret, keyThumbprint = null } = parsed.data;
  return { receiptId: params.receiptId as ReceiptId, secret, keyThumbprint };
}

function answer(reply: FastifyReply, body: ReceiptAnswer): FastifyReply {
  return reply.header('cache-control', 'no-store').send(body);
}
