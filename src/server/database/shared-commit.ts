import { sql, type Transaction } from 'kysely';
import type { Database } from './open.ts';
import type { Tables } from './schema.ts';

/** Does a work whole or not at all, and answers only once it is on disk. */
export type InTransaction = <Result>(
  work: (transaction: Transaction<Tables>) => Promise<Result>,
) => Promise<Result>;

/** As many batches as 22 kiosks send at once: more would only keep the first of them waiting. */
const MAX_TOGETHER = 22;

/**
 * Works that come while others are being kept share the next transaction, and with it its one wait for the disk. Each is whole or undone by
 * itself. For a database with one writer: where several write at once, works that share a transaction would keep each other's rows locked.
 */
export function sharedCommit(db: Database): InTransaction {
  const waiting: Job[] = [];
  let isWorking = false;

  async function workOff(): Promise<void> {
    isWorking = true;
    while (waiting.length > 0) await commitTogether(db, waiting.splice(0, MAX_TOGETHER));
    isWorking = false;
  }

  return (work) =>
    new Promise((resolve, reject) => {
      const run: Job['run'] = async (transaction) => {
        const result = await work(transaction);
        return () => resolve(result);
      };
      waiting.push({ run, reject });
      if (!isWorking) void workOff();
    });
}

interface Job {
  /** Gives what tells the result, which nobody may hear before it is on disk. */
  readonly run: (transaction: Transaction<Tables>) => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

async function commitTogether(db: Database, jobs: readonly Job[]): Promise<void> {
  try {
    const answers = await db.transaction().execute(async (transaction) => {
      const told: (() => void)[] = [];
      for (const job of jobs) told.push(await runApart(transaction, job));
      return told;
    });
    for (const answer of answers) answer();
  } catch (error) {
    for (const { reject } of jobs) reject(error);
  }
}

/** Runs one work so that it can be undone without the others. */
async function runApart(transaction: Transaction<Tables>, { run, reject }: Job): Promise<() => void> {
  await sql`savepoint work`.execute(transaction);
  try {
    const answer = await run(transaction);
    await sql`release savepoint work`.execute(transaction);
    return answer;
  } catch (error) {
    await undo(transaction, error);
    return () => reject(error);
  }
}

/** Throws the first trouble on where nothing can be undone any more: a full disk has undone all of it. */
async function undo(transaction: Transaction<Tables>, trouble: unknown): Promise<void> {
  try {
    await sql`rollback to savepoint work`.execute(transaction);
    await sql`release savepoint work`.execute(transaction);
  } catch {
    throw trouble;
  }
}
