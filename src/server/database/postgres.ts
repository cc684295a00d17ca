import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { SECOND_MS } from '#values';

/** PostgreSQL's type number of `bigint`. Our numbers stay far below 2^53, so they may be JavaScript's. */
const BIGINT = 20;
/** A database that does not answer must not hold a tablet longer than its own patience of 20 seconds. */
const CONNECT_TIMEOUT_MS = 5 * SECOND_MS;
const QUERY_TIMEOUT_MS = 15 * SECOND_MS;
/** Below PostgreSQL's default of 100 in all, so that several servers fit beside each other. */
const MAX_CONNECTIONS = 20;

/** Kysely on PostgreSQL and on what speaks its protocol. */
export function postgresDialect(databaseUrl: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    types: {
      getTypeParser: (id, format) =>
        id === BIGINT ? Number : (pg.types.getTypeParser(id, format) as (text: string) => unknown),
    },
  });
  // An idle connection that breaks, as when the primary changes, is dropped by the pool; unheard, the event would end the program.
  pool.on('error', () => undefined);
  // The pool listens to idle connections alone. One that breaks in use fails its query, which tells whoever asked; the event tells nobody more.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new PostgresDialect({ pool });
}
