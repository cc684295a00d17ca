import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { migrations } from './migrations.ts';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;

/** How long a writer waits for another process that holds the file. */
const BUSY_TIMEOUT_MS = 5_000;
/** PostgreSQL's type number of `bigint`: our numbers stay far below 2^53. */
const POSTGRES_BIGINT = 20;

/** The database of a data folder, or the PostgreSQL one of a URL, with all its tables brought forward. */
export async function openDatabase(place: { readonly dataDir: string; readonly databaseUrl: string | null }): Promise<Database> {
  const db = new Kysely<Tables>({
    dialect: place.databaseUrl === null ? sqlite(place.dataDir) : postgres(place.databaseUrl),
  });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  }).migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw error;
  }
  return db;
}

function sqlite(dataDir: string): SqliteDialect {
  mkdirSync(dataDir, { recursive: true });
  const file = new DatabaseSync(join(dataDir, 'askfirst.db'), { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  file.exec('PRAGMA journal_mode = WAL');
  // What the server acknowledged survives a pulled plug: every commit is on disk before its answer is sent.
  file.exec('PRAGMA synchronous = FULL');
  return new SqliteDialect({
    database: {
      close: () => file.close(),
      prepare: (sql) => {
        const statement = file.prepare(sql);
        const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...values(parameters)),
          run: (parameters) => statement.run(...values(parameters)),
          iterate: (parameters) => statement.iterate(...values(parameters)),
        };
      },
    },
  });
}

function postgres(databaseUrl: string): PostgresDialect {
  pg.types.setTypeParser(POSTGRES_BIGINT, Number);
  return new PostgresDialect({ pool: new pg.Pool({ connectionString: databaseUrl }) });
}
