import type { Transaction } from 'kysely';
import type { Database } from './open.ts';
import type { Tables } from './schema.ts';

/** Does a work that sees one moment of the database: on PostgreSQL, too, what is written meanwhile is in all of it or in none. */
export function inOneMoment<Result>(
  db: Database,
  work: (db: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().setIsolationLevel('repeatable read').execute(work);
}
