import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
} from 'kysely';
import type { SqliteAnswer, SqliteQuery } from './sqlite-thread.ts';

const DATABASE_FILE = 'askfirst.db';

/**
 * Kysely on the SQLite that Node brings, in one file of the data folder. The file is open in a thread of its own: it waits there for the disk and for other
 * processes, while the server goes on.
 */
export function sqliteDialect(dataDir: string): SqliteDialect {
  mkdirSync(dataDir, { recursive: true });
  return new ThreadDialect(join(dataDir, DATABASE_FILE));
}

class ThreadDialect extends SqliteDialect {
  readonly #path: string;

  constructor(path: string) {
    super({ database: () => Promise.reject(new Error('The file is open in a thread.')) });
    this.#path = path;
  }

  override createDriver(): Driver {
    return threadDriver(this.#path);
  }

  /** SQLite can undo a change of tables, which Kysely leaves out: a migration that dies halfway leaves the old tables whole. */
  override createAdapter(): DialectAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

function threadDriver(path: string): Driver {
  const thread = new SqliteThread(path);
  const connection: DatabaseConnection = {
    executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
      const { rows, changes } = await thread.ask({ sql, parameters: parameters as readonly SQLInputValue[] });
      const affected = changes === null ? {} : { numAffectedRows: BigInt(changes) };
      return { rows: rows as Row[], ...affected };
    },
    streamQuery: () => {
      throw new Error('Rows are read page by page.');
    },
  };
  const run = async (sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: () => run('begin'),
    commitTransaction: () => run('commit'),
    rollbackTransaction: () => run('rollback'),
    releaseConnection: () => Promise.resolve(),
    destroy: () => thread.close(),
  };
}

type Told = Extract<SqliteAnswer, { ok: true }>;

/** Its failing is a bug, or the end of all memory, and ends the program: whoever starts it again finds every commit in the file. */
class SqliteThread {
  readonly #worker: Worker;
  readonly #waiting: { readonly resolve: (told: Told) => void; readonly reject: (error: Error) => void }[] =
    [];

  constructor(path: string) {
    this.#worker = new Worker(new URL('./sqlite-thread.ts', import.meta.url), { workerData: path });
    this.#worker.on('message', (answer: SqliteAnswer) => {
      const asked = this.#waiting.shift();
      if (this.#waiting.length === 0) this.#worker.unref();
      if (answer.ok) asked?.resolve(answer);
      else asked?.reject(Object.assign(new Error(answer.message), faultCodes(answer)));
    });
    this.#worker.unref();
  }

  ask(query: SqliteQuery): Promise<Told> {
    return new Promise((resolve, reject) => {
      // A program whose every query is answered may end.
      this.#worker.ref();
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(query);
    });
  }

  async close(): Promise<void> {
    this.#worker.ref();
    const ended = once(this.#worker, 'exit');
    this.#worker.postMessage(null);
    await ended;
  }
}

function faultCodes({ code, errcode }: Extract<SqliteAnswer, { ok: false }>) {
  return errcode === null ? { code } : { code, errcode };
}
