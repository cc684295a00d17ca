import type { FastifyInstance } from 'fastify';
import type { ServerContext } from './context.ts';

/** `/healthz`: 200 while the server can read and keep, 503 while it cannot. */
export function healthRoutes(app: FastifyInstance, { storage }: ServerContext): void {
  app.get('/healthz', async (_, reply) => {
    const isWell = await storage.check();
    reply.header('cache-control', 'no-store');
    return isWell ? { status: 'ok' } : reply.code(503).send({ status: 'database-unavailable' });
  });
}
