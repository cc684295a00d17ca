import type { FastifyInstance } from 'fastify';
import { apiPaths } from '#protocol';
import type { ServerContext } from '../context.ts';
import { allowedStaff, OFFICERS } from '../staff/allowed-shop.ts';
import { retentionAnswer } from './retention-answer.ts';

/** What is deleted and when, for officers and administrators, of their own controller alone: which one is in the session and never asked for. */
export function retentionRoutes(app: FastifyInstance, context: ServerContext): void {
  app.get(apiPaths.retention, async (request, reply) => {
    const staff = await allowedStaff(context, request, reply, OFFICERS);
    if (staff === null) return reply;
    const answer = await retentionAnswer(context, staff.controllerId);
    return reply.header('cache-control', 'no-store').send(answer);
  });
}
