import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  type DialectAdapter,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
} from 'kysely';

/** How long a writer waits for another process that holds the file, such as the command line's. The whole server waits with it. */
const BUSY_TIMEOUT_MS = 2_000;
/** Our queries are a few dozen texts; those with lists of changing length must not fill the memory. */
const MAX_KEPT_STATEMENTS = 500;
const DATABASE_FILE = 'askfirst.db';

/** Kysely on the SQLite that Node brings, in one file of the data folder. */
export function sqliteDialect(dataDir: string): SqliteDialect {
  mkdirSync(dataDir, { recursive: true });
  const file = new DatabaseSync(join(dataDir, DATABASE_FILE), {
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
  });
  file.exec('PRAGMA journal_mode = WAL');
  // What the server acknowledged survives a pulled plug: every commit is on disk before its answer is sent.
  file.exec('PRAGMA synchronous = FULL');
  return new WholeMigrations({ database: asKyselyWants(file) });
}

/** SQLite can undo a change of tables, which Kysely leaves out: a migration that dies halfway leaves the old tables whole. */
class WholeMigrations extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

function asKyselyWants(file: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare: (sql) => {
      // A full disk makes SQLite undo the transaction by itself; undoing it again would hide the reason behind a second error.
      if (sql === 'rollback' && !file.isTransaction) return NOTHING_TO_UNDO;
      const known = kept.get(sql);
      if (known !== undefined) return known;
      if (kept.size >= MAX_KEPT_STATEMENTS) kept.clear();
      const statement = prepare(file, sql);
      kept.set(sql, statement);
      return statement;
    },
  };
}

const NOTHING_TO_UNDO: SqliteStatement = {
  reader: true,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

function prepare(file: DatabaseSync, sql: string): SqliteStatement {
  // The write lock is taken at once: one that is only asked for after reading can be refused without waiting.
  const statement = file.prepare(sql === 'begin' ? 'begin immediate' : sql);
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}
