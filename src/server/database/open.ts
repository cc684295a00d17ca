import { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import { postgresDialect } from './postgres.ts';
import type { Tables } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';

export type Database = Kysely<Tables>;

export interface DatabasePlace {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
}

/** The database of a data folder, or the PostgreSQL one of a URL, with all its tables brought forward. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const { dataDir, databaseUrl } = place;
  const db = new Kysely<Tables>({
    dialect: databaseUrl === null ? sqliteDialect(dataDir) : postgresDialect(databaseUrl),
  });
  try {
    await bringForward(db, migrations);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** Runs the steps that a database has not seen yet: all of them or none. Throws on a database that has seen steps we do not know. */
export async function bringForward(db: Database, steps: Readonly<Record<string, Migration>>): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve({ ...steps }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
}
