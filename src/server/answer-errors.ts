import type { FastifyError, FastifyInstance } from 'fastify';
import type { RefusalReason } from '#protocol';
import type { ServerContext } from './context.ts';
import { isStorageTrouble } from './database/storage-trouble.ts';
import { refuse } from './refuse.ts';

/** Every error becomes one of our refusals: what the sender did wrong is told so, and only our own bugs are a server fault. */
export function answerErrors(app: FastifyInstance, { storage }: ServerContext): void {
  app.setErrorHandler((error: FastifyError, _, reply) => {
    const reason = reasonOf(error);
    if (reason === 'server-busy') storage.failed();
    if (reason === 'server-fault') console.error(placeOf(error));
    return refuse(reply, reason);
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (_, reply) => refuse(reply, 'not-found'));
}

function reasonOf(error: FastifyError): RefusalReason {
  if (error.statusCode === 429) return 'too-many-requests';
  if (error.statusCode === 413) return 'too-large';
  if (error.statusCode === 404) return 'not-found';
  if (error.statusCode !== undefined && error.statusCode < 500) return 'malformed';
  return isStorageTrouble(error) ? 'server-busy' : 'server-fault';
}

/** Where a bug of ours happened and what kind it is. Its message is left out: a database's words may hold what was sent. */
function placeOf({ name, stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [name, ...frames].join('\n');
}
