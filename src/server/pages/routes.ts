import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../refuse.ts';
import { pageHeaders } from './page-headers.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The one page under its three paths, its files, and the headers that each path gets. */
export async function pageRoutes(app: FastifyInstance, distDir: string): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(pageHeaders(new URL(request.url, 'http://localhost').pathname));
  });
  await app.register(fastifyStatic, {
    root: distDir,
    index: false,
    // Dot files such as the build's stamp are nobody's business.
    dotfiles: 'ignore',
    setHeaders: (reply, path) => {
      const isHashed = path.includes('/assets/');
      reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  for (const path of ['/', '/staff', '/r/:receiptId']) {
    app.get(path, (_, reply) => reply.sendFile('index.html', { cacheControl: false }));
  }
  app.setNotFoundHandler((_, reply) => refuse(reply, 'not-found'));
}
