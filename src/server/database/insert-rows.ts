import type { CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** So many rows go into one statement at most; fewer go in one of the smaller sizes, so that a handful of statements serves any number. */
const ROWS_AT_ONCE = [64, 16, 4, 1] as const;

interface Compiled {
  readonly query: CompiledQuery;
  readonly columns: readonly string[];
}

/** Statements for each database, by name and number of rows: putting one of many rows together takes longer than keeping them. */
const compiled = new WeakMap<object, Map<string, Compiled>>();

/**
 * Inserts rows that all have the same columns, and gives what the statement returns. `build` makes the statement of some rows; with one name it
 * always makes the same one.
 */
export async function insertRows<Row extends object, Returned>(
  db: Kysely<Tables>,
  name: string,
  rows: readonly Row[],
  build: (some: readonly Row[]) => { readonly compile: () => CompiledQuery<Returned> },
): Promise<readonly Returned[]> {
  const returned: Returned[] = [];
  for (let from = 0; from < rows.length; ) {
    const left = rows.length - from;
    const some = rows.slice(from, from + (ROWS_AT_ONCE.find((size) => size <= left) ?? 1));
    const { query, columns } = statementFor(db, name, some, build);
    const parameters = some.flatMap((row) => columns.map((column) => row[column as keyof Row]));
    const result = await db.executeQuery<Returned>({ ...query, parameters } as CompiledQuery<Returned>);
    returned.push(...result.rows);
    from += some.length;
  }
  return returned;
}

function statementFor<Row extends object>(
  db: Kysely<Tables>,
  name: string,
  rows: readonly Row[],
  build: (some: readonly Row[]) => { readonly compile: () => CompiledQuery },
): Compiled {
  const { adapter } = db.getExecutor();
  const ofDatabase = compiled.get(adapter) ?? new Map<string, Compiled>();
  compiled.set(adapter, ofDatabase);
  const key = `${name} ${rows.length}`;
  const known = ofDatabase.get(key);
  if (known !== undefined) return known;
  const columns = Object.keys(rows[0] ?? {});
  // Made of empty rows, so that nothing of a visitor stays in what is kept.
  const empty = Object.fromEntries(columns.map((column) => [column, null])) as Row;
  const made = { query: build(rows.map(() => empty)).compile(), columns };
  ofDatabase.set(key, made);
  return made;
}
