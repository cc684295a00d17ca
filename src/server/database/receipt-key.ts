import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from './schema.ts';

/** In one order for both tables: a column that was added later stands elsewhere in the old one. */
const COLUMNS = sql.join(
  [
    'id',
    'kiosk_id',
    'shop_id',
    'seq',
    'secret_hash',
    'gives_demographics',
    'told_link_days',
    'told_receipt_years',
    'issued_at',
    'hour',
    'withdrawn_at',
    'withdrawn_place',
    'withdrawn_in_ledger',
    'cut_at',
    'counted_when_cut',
  ].map((name) => sql.ref(name)),
);

/**
 * A receipt is known by its id and its kiosk. By the id alone, whoever read it off a screen and held another kiosk's key could take it first, and
 * the true kiosk's ledger was refused from there on. SQLite changes no primary key, so the table is made anew.
 */
export const receiptKey: Migration = {
  async up(db: Kysely<Tables>) {
    const text = 'text' as const;
    const number = 'bigint' as const;
    // PostgreSQL locks the kiosks here, by the foreign key, and then the receipts: in the order of a batch that another server is still taking in.
    // It waits for such a batch, and lets nothing more in until all is copied.
    await db.schema
      .createTable('receipt_by_kiosk')
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('kiosk_id', text, (column) => column.notNull().references('kiosk.id'))
      .addColumn('shop_id', text, (column) => column.notNull().references('shop.id'))
      .addColumn('seq', number, (column) => column.notNull())
      .addColumn('secret_hash', text, (column) => column.notNull())
      .addColumn('gives_demographics', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('told_link_days', number)
      .addColumn('told_receipt_years', number)
      .addColumn('issued_at', number, (column) => column.notNull().defaultTo(0))
      .addColumn('hour', text)
      .addColumn('withdrawn_at', number)
      .addColumn('withdrawn_place', text)
      .addColumn('withdrawn_in_ledger', 'integer', (column) => column.notNull())
      .addColumn('cut_at', number)
      .addColumn('counted_when_cut', 'integer', (column) => column.notNull().defaultTo(0))
      // The id first: a phone knows no kiosk, and finds its receipt by the same index.
      .addPrimaryKeyConstraint('receipt_key', ['id', 'kiosk_id'])
      .execute();
    await db.schema.alterTable('receipt').renameTo('receipt_by_id').execute();
    await db.schema.alterTable('receipt_by_kiosk').renameTo('receipt').execute();
    // A kiosk at a time, so that on PostgreSQL no statement outlasts the patience of its connection.
    for (const { id } of await db.selectFrom('kiosk').select('id').execute()) {
      await sql`insert into receipt (${COLUMNS})
        select ${COLUMNS} from receipt_by_id where kiosk_id = ${id}`.execute(db);
    }
    // With its indexes, whose names the new ones take.
    await db.schema.dropTable('receipt_by_id').execute();
    const index = (name: string) => db.schema.createIndex(name).on('receipt');
    await index('receipt_by_hour').columns(['shop_id', 'hour']).execute();
    await index('receipt_by_withdrawal')
      .columns(['kiosk_id', 'withdrawn_in_ledger', 'withdrawn_at'])
      .execute();
    await index('receipt_by_issue').columns(['shop_id', 'issued_at']).execute();
  },
};
