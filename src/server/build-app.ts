import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { BODY_LIMIT_BYTES } from '#protocol';
import { SECOND_MS } from '#values';
import { answerErrors } from './answer-errors.ts';
import type { ServerContext } from './context.ts';
import { healthRoutes } from './health-routes.ts';
import { inspectionRoutes } from './inspection/routes.ts';
import { readJsonBodies } from './json-body.ts';
import { kioskRoutes } from './kiosk/routes.ts';
import { limitConnections } from './limit-connections.ts';
import { openApi } from './open-api.ts';
import { docsRoutes } from './pages/docs.ts';
import { noticePages } from './pages/notice-page.ts';
import { plainPageStyle } from './pages/plain-page.ts';
import { receiptPages } from './pages/receipt-page.ts';
import { pageRoutes } from './pages/routes.ts';
import { projectDir } from './project-dir.ts';
import { receiptRoutes } from './receipt/routes.ts';
import { retentionRoutes } from './retention/routes.ts';
import { staffKioskRoutes } from './staff/kiosk-routes.ts';
import { peopleRoutes } from './staff/people-routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { shopRoutes } from './staff/shop-routes.ts';
import { termsRoutes } from './staff/terms-routes.ts';
import type { ServerOptions } from './start-server.ts';

/** From one address, over everything that has no limit of its own. A shop's staff and visitors share one; a flood does not fit in it. */
const REQUESTS_PER_MINUTE = 1_200;
/** A request that takes longer than this to arrive is dropped: a tablet gives up after 20 seconds and tries again. */
const REQUEST_TIMEOUT_MS = 30 * SECOND_MS;
/** Who sends headers byte by byte is soon cut off; checked as often as `CHECK_MS`. */
const HEADERS_TIMEOUT_MS = 10 * SECOND_MS;
const CHECK_MS = 2 * SECOND_MS;
const MAX_CONNECTIONS = 5_000;
/** A shop's tablets, staff and visitors share one address; nobody needs more than this of them. */
const MAX_CONNECTIONS_OF_ONE_ADDRESS = 500;
/** What the build writes of the parts that it is made of, served as `/sbom.json`. */
const BILL_OF_MATERIALS = 'sbom.json';

/** The whole server as one application, not listening yet. It logs nothing of a request: addresses and ids are personal data. */
export async function buildApp(context: ServerContext, options: ServerOptions): Promise<FastifyInstance> {
  const { tls, trustedProxies = [] } = options;
  const timeouts = { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_MS };
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Without it all that comes through a proxy has one address, and one caller could use up everybody's share.
    ...(trustedProxies.length === 0 ? {} : { trustProxy: [...trustedProxies] }),
    ...(tls === null ? { http: timeouts } : { https: { ...tls, ...timeouts } }),
  }) as unknown as FastifyInstance;
  app.server.maxConnections = MAX_CONNECTIONS;
  limitConnections(app.server, MAX_CONNECTIONS_OF_ONE_ADDRESS, trustedProxies);
  await app.register(rateLimit, { max: REQUESTS_PER_MINUTE, timeWindow: 60 * SECOND_MS });
  await app.register(helmet, {
    // Ours differ from path to path: see pages/page-headers.ts.
    contentSecurityPolicy: false,
    // Other names of the same domain are not ours to promise for.
    strictTransportSecurity: context.isTls ? { includeSubDomains: false } : false,
    frameguard: { action: 'deny' },
    crossOriginEmbedderPolicy: true,
  });
  await app.register(cookie);
  readJsonBodies(app);
  answerErrors(app, context);
  const distDir = options.distDir ?? join(projectDir, 'dist');
  await pageRoutes(app, distDir);
  plainPageStyle(app);
  docsRoutes(app, projectDir);
  noticePages(app, context);
  receiptPages(app, context, distDir);
  kioskRoutes(app, context);
  staffRoutes(app, context);
  staffKioskRoutes(app, context);
  peopleRoutes(app, context);
  termsRoutes(app, context);
  shopRoutes(app, context);
  retentionRoutes(app, context);
  inspectionRoutes(app, context, join(distDir, BILL_OF_MATERIALS));
  receiptRoutes(app, context);
  healthRoutes(app, context);
  app.get('/api/openapi.json', () => openApi());
  return app;
}
