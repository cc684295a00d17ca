import { Kysely, sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apiPaths } from '#protocol';
import { type ControllerId, randomId } from '#values';
import { startProcess } from '../testing/server-process.ts';
import { random } from '../testing/start-test-server.ts';
import { POSTGRES_STARTING_MS, testPostgres } from '../testing/test-postgres.ts';
import { openDatabase } from './open.ts';
import { postgresDialect } from './postgres.ts';
import type { Tables } from './schema.ts';
import { isStorageTrouble } from './storage-trouble.ts';

const PATIENCE_MS = 1_000;

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

it('takes a connection that was ended between two queries for trouble of the database, and for no bug of ours', async () => {
  const place = await emptyPlace('PostgreSQL');
  const db = await openDatabase(place);
  onTestFinished(() => db.destroy());
  const other = await operator(place.databaseUrl);
  const work = db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
    await other.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
    await transaction.selectFrom('shop').selectAll().execute();
    await transaction.selectFrom('shop').selectAll().execute();
  });
  const trouble = await work.catch((error: unknown) => error);
  expect(isStorageTrouble(trouble)).toBe(true);
});

/** Ends the backends that wait for a lock, and tells how many. */
async function killWaiting(client: pg.Client): Promise<number> {
  const { rowCount } = await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'",
  );
  return rowCount ?? 0;
}

describe('on PostgreSQL, a database that stalls', () => {
  async function stalling() {
    const place = await emptyPlace('PostgreSQL');
    await (await openDatabase(place)).destroy();
    const db = new Kysely<Tables>({ dialect: postgresDialect(place.databaseUrl ?? '', PATIENCE_MS) });
    onTestFinished(() => db.destroy());
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
    const pid = rows[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    let isStopped = true;
    const goOn = () => {
      if (isStopped) process.kill(pid, 'SIGCONT');
      isStopped = false;
    };
    onTestFinished(goOn);
    return { db, goOn, other: await operator(place.databaseUrl) };
  }

  const controller = (id: string) => ({ id: id as ControllerId, controller_json: '{}' });

  it('keeps what is acknowledged after it, where it stalled at the beginning of a transaction', async () => {
    const { db, goOn, other } = await stalling();
    const work = db
      .transaction()
      .execute((transaction) =>
        transaction.insertInto('controller').values(controller('unacknowledged')).execute(),
      );
    await expect(work).rejects.toThrow('Query read timeout');
    goOn();
    await db.insertInto('controller').values(controller('acknowledged')).execute();
    const { rows } = await other.query('select id from controller');
    expect(rows).toEqual([{ id: 'acknowledged' }]);
  });

  it('undoes the transaction that it stalled in the middle of, and makes nobody wait twice for it', async () => {
    const place = await emptyPlace('PostgreSQL');
    await (await openDatabase(place)).destroy();
    const db = new Kysely<Tables>({ dialect: postgresDialect(place.databaseUrl ?? '', PATIENCE_MS) });
    onTestFinished(() => db.destroy());
    const other = await operator(place.databaseUrl);
    await other.query('begin');
    await other.query('lock table shop in access exclusive mode');
    const begun = performance.now();
    const work = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('controller').values(controller('undone')).execute();
      await transaction.selectFrom('shop').selectAll().execute();
    });
    await expect(work).rejects.toThrow('Query read timeout');
    expect(performance.now() - begun).toBeLessThan(2 * PATIENCE_MS);
    await other.query('rollback');
    await expect.poll(() => db.selectFrom('controller').selectAll().execute()).toEqual([]);
  });

  it('is told by the database itself to give up', async () => {
    const db = await openDatabase(await emptyPlace('PostgreSQL'));
    onTestFinished(() => db.destroy());
    const limit = async (name: string) => (await sql.raw(`show ${name}`).execute(db)).rows;
    expect(await limit('statement_timeout')).toEqual([{ statement_timeout: '14s' }]);
    expect(await limit('idle_in_transaction_session_timeout')).toEqual([
      { idle_in_transaction_session_timeout: '30s' },
    ]);
  });
});
