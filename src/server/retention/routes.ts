import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { apiPaths } from '#protocol';
import type { ServerContext } from '../context.ts';
import { allowedStaff, OFFICERS } from '../staff/allowed-shop.ts';
import { exportOwnLedger } from './own-ledger.ts';
import { retentionAnswer } from './retention-answer.ts';

/** Each reads a chain that only grows. */
const LEDGERS_PER_MINUTE = 30;
const LEDGER_TYPE = 'application/x-ndjson';

/** What is deleted and when, and the ledger of it, for officers and administrators, of their own controller alone: which one is in the session and never asked for. */
export function retentionRoutes(app: FastifyInstance, context: ServerContext): void {
  app.get(apiPaths.retention, async (request, reply) => {
    const staff = await allowedStaff(context, request, reply, OFFICERS);
    if (staff === null) return reply;
    const answer = await retentionAnswer(context, staff.controllerId);
    return reply.header('cache-control', 'no-store').send(answer);
  });

  const options = { config: { rateLimit: { max: LEDGERS_PER_MINUTE } } };
  app.get(apiPaths.retentionLedger, options, async (request, reply) => {
    const staff = await allowedStaff(context, request, reply, OFFICERS);
    if (staff === null) return reply;
    const { fileName, pieces } = await exportOwnLedger(context, staff.controllerId);
    return reply
      .type(LEDGER_TYPE)
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(pieces, { objectMode: false }));
  });
}
