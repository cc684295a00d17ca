import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { BODY_LIMIT_BYTES } from '#protocol';
import { SECOND_MS } from '#values';
import type { ServerContext } from './context.ts';
import { readJsonBodies } from './json-body.ts';
import { kioskRoutes } from './kiosk/routes.ts';
import { openApi } from './open-api.ts';
import { docsRoutes } from './pages/docs.ts';
import { pageRoutes } from './pages/routes.ts';
import { receiptRoutes } from './receipt/routes.ts';
import { refuse } from './refuse.ts';
import { staffRoutes } from './staff/routes.ts';

/** From one address, over everything. A shop's tablets and staff share one; a flood does not fit in it. */
const REQUESTS_PER_MINUTE = 1_200;
/** A header or body that takes longer than this to arrive is dropped. */
const REQUEST_TIMEOUT_MS = 30 * SECOND_MS;
const MAX_CONNECTIONS = 5_000;

/** The whole server as one application, not listening yet. It logs nothing of a request: addresses and ids are personal data. */
export async function buildApp(context: ServerContext, projectDir: string, tls: { key: string; cert: string } | null) {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    ...(tls === null ? {} : { https: tls }),
  }) as unknown as FastifyInstance;
  app.server.maxConnections = MAX_CONNECTIONS;
  await app.register(rateLimit, { max: REQUESTS_PER_MINUTE, timeWindow: 60 * SECOND_MS });
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: context.isTls,
    crossOriginEmbedderPolicy: true,
  });
  await app.register(cookie);
  readJsonBodies(app);
  app.setErrorHandler((error: FastifyError, _, reply) => {
    if (error.statusCode === 429) return refuse(reply, 'too-many-requests');
    if (error.statusCode === 413) return refuse(reply, 'too-large');
    if (error.statusCode !== undefined && error.statusCode < 500) return refuse(reply, 'malformed');
    if (isStorageTrouble(error)) return refuse(reply, 'server-busy');
    console.error(error);
    return refuse(reply, 'server-fault');
  });
  await pageRoutes(app, join(projectDir, 'dist'));
  docsRoutes(app, projectDir);
  kioskRoutes(app, context);
  staffRoutes(app, context);
  receiptRoutes(app, context);
  app.get('/api/openapi.json', () => openApi());
  app.get('/healthz', async (_, reply) => {
    try {
      await context.db.selectFrom('controller').select('id').limit(1).execute();
      return { status: 'ok' };
    } catch {
      return reply.code(503).send({ status: 'database-unavailable' });
    }
  });
  return app;
}

/** A full disk or a locked or broken database: nothing was kept, so the sender may and should try again. */
function isStorageTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ERR_SQLITE_ERROR' || /^(53|57|08)\w{3}$/.test(code) || code === 'ECONNREFUSED';
}
