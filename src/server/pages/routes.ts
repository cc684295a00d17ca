import { relative } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { pageHeaders } from './page-headers.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The one page for the kiosk and for staff, its files, and the headers that each path gets. */
export async function pageRoutes(app: FastifyInstance, distDir: string): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(pageHeaders(request.url));
  });
  await app.register(fastifyStatic, {
    root: distDir,
    index: false,
    // Dot files such as the build's stamp are nobody's business.
    dotfiles: 'ignore',
    // Where the build put a `.br` or `.gz` beside a file, browsers that can read it get that.
    preCompressed: true,
    setHeaders: (reply, path) => {
      // The names of these change with their content; everything else is asked for again, and answered 304 while it has not changed.
      const isHashed = relative(distDir, path).startsWith('assets');
      reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  for (const path of ['/', '/staff', '/staff/']) {
    app.get(path, (_, reply) => reply.sendFile('index.html', { cacheControl: false }));
  }
}
