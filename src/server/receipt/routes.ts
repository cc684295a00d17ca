import type { FastifyInstance } from 'fastify';
import { apiPaths, type ReceiptAnswer, receiptSecretRequestSchema } from '#protocol';
import { isRandomId, type ReceiptId } from '#values';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import { readReceipt } from './read-receipt.ts';
import { withdrawReceipt } from './withdraw-receipt.ts';

/** Enough for a person with a phone; a guesser of 128 random bits gets nowhere with it. */
const REQUESTS_PER_MINUTE = 60;

interface ReceiptRoute {
  Params: { readonly receiptId: string };
}

/** What a visitor's phone calls. A wrong secret, a wrong id and a receipt that has not arrived get one and the same answer. */
export function receiptRoutes(app: FastifyInstance, context: ServerContext): void {
  const config = { rateLimit: { max: REQUESTS_PER_MINUTE } };
  for (const [path, act] of [
    [apiPaths.readReceipt(':receiptId'), readReceipt],
    [apiPaths.withdrawReceipt(':receiptId'), withdrawReceipt],
  ] as const) {
    app.post<ReceiptRoute>(path.replace('%3A', ':'), { config }, async (request, reply) => {
      const { receiptId } = request.params;
      const parsed = receiptSecretRequestSchema.safeParse(request.body);
      if (!parsed.success || !isRandomId(receiptId)) return refuse(reply, 'malformed');
      const answer: ReceiptAnswer = await act(context, receiptId as ReceiptId, parsed.data.secret);
      return reply.header('cache-control', 'no-store').send(answer);
    });
  }
}
