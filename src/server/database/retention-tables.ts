import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type Instant, instantFromIso } from '#values';
import type { Tables } from './schema.ts';

const ROWS_AT_A_TIME = 1_000;

/** What retention works with: how old each entry and receipt is, what is cut, and the server's own ledger. */
export const retentionTables: Migration = {
  async up(db: Kysely<Tables>) {
    const text = 'text' as const;
    const number = 'bigint' as const;
    const table = (name: string) => db.schema.createTable(name);
    for (const name of ['written_at', 'received_at']) {
      await db.schema
        .alterTable('entry')
        .addColumn(name, number, (column) => column.notNull().defaultTo(0))
        .execute();
    }
    await db.schema
      .alterTable('receipt')
      .addColumn('issued_at', number, (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('receipt').addColumn('cut_at', number).execute();
    await db.schema
      .alterTable('receipt')
      .addColumn('counted_when_cut', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.createIndex('receipt_by_issue').on('receipt').columns(['shop_id', 'issued_at']).execute();
    await table('pruned')
      .addColumn('kiosk_id', text, (column) => column.notNull().references('kiosk.id'))
      .addColumn('class', text, (column) => column.notNull())
      .addColumn('through_seq', number, (column) => column.notNull())
      .addPrimaryKeyConstraint('pruned_key', ['kiosk_id', 'class'])
      .execute();
    await table('anonymous_hour')
      .addColumn('shop_id', text, (column) => column.notNull().references('shop.id'))
      .addColumn('hour', text, (column) => column.notNull())
      .addColumn('counted', number, (column) => column.notNull())
      .addPrimaryKeyConstraint('anonymous_hour_key', ['shop_id', 'hour'])
      .execute();
    await table('retention')
      .addColumn('controller_id', text, (column) => column.primaryKey().references('controller.id'))
      .addColumn('last_run_at', number)
      .addColumn('links_cut', number, (column) => column.notNull())
      .addColumn('receipts_deleted', number, (column) => column.notNull())
      .addColumn('bodies_pruned', number, (column) => column.notNull())
      .addColumn('unlogged_links', number, (column) => column.notNull())
      .addColumn('unlogged_receipts', number, (column) => column.notNull())
      .addColumn('unlogged_bodies', number, (column) => column.notNull())
      .execute();
    await table('retention_entry')
      .addColumn('controller_id', text, (column) => column.notNull().references('controller.id'))
      .addColumn('seq', number, (column) => column.notNull())
      .addColumn('hash', text, (column) => column.notNull())
      .addColumn('record_json', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('retention_entry_key', ['controller_id', 'seq'])
      .execute();
    await fillTimes(db);
  },
};

/** Entries that were kept before: when they arrived is not known, only what they say of themselves. */
async function fillTimes(db: Kysely<Tables>): Promise<void> {
  const kiosks = await db.selectFrom('kiosk').select('id').execute();
  for (const { id } of kiosks) {
    let last = -1;
    for (;;) {
      const rows = await db
        .selectFrom('entry')
        .select(['seq', 'record_json'])
        .where('kiosk_id', '=', id)
        .where('seq', '>', last)
        .orderBy('seq')
        .limit(ROWS_AT_A_TIME)
        .execute();
      for (const { seq, record_json } of rows) {
        const { entry } = JSON.parse(record_json) as { entry: { time: string } };
        const time = instantFromIso(entry.time) ?? (0 as Instant);
        await db
          .updateTable('entry')
          .set({ written_at: time, received_at: time })
          .where('kiosk_id', '=', id)
          .where('seq', '=', seq)
          .execute();
        last = seq;
      }
      if (rows.length < ROWS_AT_A_TIME) break;
    }
  }
  await sql`update receipt set issued_at = coalesce((select written_at from entry
    where entry.kiosk_id = receipt.kiosk_id and entry.seq = receipt.seq), 0)`.execute(db);
}
