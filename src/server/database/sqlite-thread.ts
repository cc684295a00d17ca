/** A thread that has the SQLite file open and answers each query with one message, in their order. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

export interface SqliteQuery {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

export type SqliteAnswer =
  | { readonly ok: true; readonly rows: readonly unknown[]; readonly changes: number | null }
  | { readonly ok: false; readonly message: string; readonly code: string; readonly errcode: number | null };

/** How long a writer waits for another process that holds the file, such as the command line's. */
const BUSY_TIMEOUT_MS = 2_000;
/** Our queries are a few dozen texts; those with lists of changing length must not fill the memory. */
const MAX_KEPT_STATEMENTS = 500;

interface Prepared {
  readonly statement: StatementSync;
  readonly givesRows: boolean;
}

const kept = new Map<string, Prepared>();
let file: DatabaseSync | null = null;

function open(): DatabaseSync {
  const opened = new DatabaseSync(workerData as string, {
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
  });
  opened.exec('PRAGMA journal_mode = WAL');
  // What the server acknowledged survives a pulled plug: every commit is on disk before its answer is sent.
  opened.exec('PRAGMA synchronous = FULL');
  return opened;
}

function prepare(database: DatabaseSync, sql: string): Prepared {
  const known = kept.get(sql);
  if (known !== undefined) return known;
  if (kept.size >= MAX_KEPT_STATEMENTS) kept.clear();
  // The write lock is taken at once: one that is only asked for after reading can be refused without waiting.
  const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
  const prepared = { statement, givesRows: statement.columns().length > 0 };
  kept.set(sql, prepared);
  return prepared;
}

function run({ sql, parameters }: SqliteQuery): SqliteAnswer {
  // Opened by the first query, whose sender then hears what is wrong with it.
  file ??= open();
  // A full disk makes SQLite undo the transaction by itself; undoing it again would hide the reason behind a second error.
  if (sql === 'rollback' && !file.isTransaction) return { ok: true, rows: [], changes: 0 };
  const { statement, givesRows } = prepare(file, sql);
  if (givesRows) return { ok: true, rows: statement.all(...parameters), changes: null };
  return { ok: true, rows: [], changes: Number(statement.run(...parameters).changes) };
}

/** What an error says does not cross between threads by itself. */
function faultOf(error: unknown): SqliteAnswer {
  if (!(error instanceof Error)) throw error;
  const { code = '', errcode = null } = error as { code?: string; errcode?: number };
  return { ok: false, message: error.message, code, errcode };
}

parentPort?.on('message', (query: SqliteQuery | null) => {
  if (query === null) {
    file?.close();
    parentPort?.close();
    return;
  }
  let answer: SqliteAnswer;
  try {
    answer = run(query);
  } catch (error) {
    answer = faultOf(error);
  }
  parentPort?.postMessage(answer);
});
