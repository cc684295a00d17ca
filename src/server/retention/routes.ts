import type { FastifyInstance } from 'fastify';
import { apiPaths } from '#protocol';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import { staffOf } from '../staff/session.ts';
import { retentionAnswer } from './retention-answer.ts';

/** What is deleted and when, for officers and administrators, of their own controller alone: which one is in the session and never asked for. */
export function retentionRoutes(app: FastifyInstance, context: ServerContext): void {
  app.get(apiPaths.retention, async (request, reply) => {
    const staff = await staffOf(context, request);
    if (staff === null) return refuse(reply, 'not-signed-in');
    if (staff.role === 'staff') return refuse(reply, 'not-allowed');
    const answer = await retentionAnswer(context, staff.controllerId);
    return reply.header('cache-control', 'no-store').send(answer);
  });
}
