import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apiPaths } from '#protocol';
import { randomId } from '#values';
import { startProcess } from '../testing/server-process.ts';
import { random } from '../testing/start-test-server.ts';
import { POSTGRES_STARTING_MS, testPostgres } from '../testing/test-postgres.ts';

const { emptyPlace } = testPostgres();

/** An operator's own connection, which is none of the server's. */
async function operator(databaseUrl: string | null): Promise<pg.Client> {
  const client = new pg.Client(databaseUrl ?? '');
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

describe('on PostgreSQL, a connection that breaks in the middle of a query', () => {
  it(
    'costs that query alone, and the server answers on',
    async () => {
      const place = await emptyPlace('PostgreSQL');
      const { databaseUrl, dataDir } = place;
      const server = await startProcess({ DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDir });
      const other = await operator(databaseUrl);
      await other.query('begin');
      await other.query('lock table waiting_withdrawal in access exclusive mode');
      const withdraw = () =>
        fetch(`${server.url}${apiPaths.withdrawReceipt(randomId(random))}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ secret: randomId(random) }),
        }).then(({ status }) => status);
      const inFlight = withdraw();
      await expect.poll(async () => killWaiting(other)).toBe(1);
      expect(await inFlight).toBe(503);
      await other.query('rollback');
      expect(await withdraw()).toBe(200);
    },
    POSTGRES_STARTING_MS,
  );
});

/** Ends the backends that wait for a lock, and tells how many. */
async function killWaiting(client: pg.Client): Promise<number> {
  const { rowCount } = await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'",
  );
  return rowCount ?? 0;
}
