import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { SECOND_MS } from '#values';

/** PostgreSQL's type number of `bigint`. Our numbers stay far below 2^53, so they may be JavaScript's. */
const BIGINT = 20;
/** A database that does not answer must not hold a tablet longer than its own patience of 20 seconds. */
const CONNECT_TIMEOUT_MS = 5 * SECOND_MS;
const QUERY_TIMEOUT_MS = 15 * SECOND_MS;
/** The database itself gives a query up a little sooner, so that what is slow leaves a connection that can be used again. */
const STATEMENT_TIMEOUT_MS = QUERY_TIMEOUT_MS - SECOND_MS;
/** Our transactions wait for nothing but the database: one that is idle this long belongs to a server that is gone, and holds rows locked. */
const IDLE_TRANSACTION_TIMEOUT_MS = 2 * QUERY_TIMEOUT_MS;
/** What `pg` says where it waited no longer for an answer, which may still come. */
const QUERY_TIMED_OUT = 'Query read timeout';
/** Below PostgreSQL's default of 100 in all, so that several servers fit beside each other. */
const MAX_CONNECTIONS = 20;

/** Kysely on PostgreSQL and on what speaks its protocol. */
export function postgresDialect(databaseUrl: string, queryTimeoutMs = QUERY_TIMEOUT_MS): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: queryTimeoutMs,
    // Said once connected and not while connecting, where a pooler such as PgBouncer refuses what it does not know.
    onConnect: (client) => client.query(SESSION_LIMITS),
    types: {
      getTypeParser: (id, format) =>
        id === BIGINT ? Number : (pg.types.getTypeParser(id, format) as (text: string) => unknown),
    },
  });
  // An idle connection that breaks, as when the primary changes, is dropped by the pool; unheard, the event would end the program.
  pool.on('error', () => undefined);
  // The pool listens to idle connections alone. One that breaks in use fails its query, which tells whoever asked; the event tells nobody more.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new PostgresDialect({ pool: onlyWhole(pool) });
}

const SESSION_LIMITS =
  `set statement_timeout = ${STATEMENT_TIMEOUT_MS}; ` +
  `set idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_TIMEOUT_MS}`;

/**
 * A pool that never hands on a connection with something unfinished in it. A `begin` that was given up may still arrive: whoever had the
 * connection next would write into a transaction that nobody commits, and be told that it is kept.
 */
function onlyWhole(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => dropUnfinished(await pool.connect()),
  };
}

function dropUnfinished(client: pg.PoolClient): PostgresPoolClient {
  let timeout: Error | null = null;
  const query = async (text: string, parameters: unknown[]) => {
    // What is asked after it would wait as long again behind it, even to be undone.
    if (timeout !== null) throw timeout;
    try {
      return await client.query(text, parameters);
    } catch (error) {
      if (error instanceof Error && error.message === QUERY_TIMED_OUT) timeout = error;
      throw error;
    }
  };
  return {
    // Kysely asks with a text; the form with a cursor, for reading in streams, is one that we never use.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy = false) =>
      client.release(destroy || timeout !== null || client.getTransactionStatus() !== 'I'),
  };
}
