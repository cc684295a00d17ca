import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { noticeVersions } from './notice-versions.ts';
import { receiptKey } from './receipt-key.ts';
import { retentionTables } from './retention-tables.ts';
import type { Tables } from './schema.ts';
import { withdrawalEffect } from './withdrawal-effect.ts';

/** Each step forward of the tables, in order. Never edited once released: a new step is added instead. Same SQL on SQLite and PostgreSQL. */
export const migrations: Record<string, Migration> = {
  '001-first-tables': {
    async up(db: Kysely<Tables>) {
      const text = 'text' as const;
      const time = 'bigint' as const;
      const table = (name: string) => db.schema.createTable(name);
      await table('controller')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('controller_json', text, (column) => column.notNull())
        .execute();
      await table('shop')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('controller_id', text, (column) => column.notNull().references('controller.id'))
        .addColumn('shop_json', text, (column) => column.notNull())
        .addColumn('settings_json', text, (column) => column.notNull())
        .execute();
      await table('notice')
        .addColumn('hash', text, (column) => column.notNull())
        .addColumn('shop_id', text, (column) => column.notNull().references('shop.id'))
        .addColumn('controller_id', text, (column) => column.notNull().references('controller.id'))
        .addColumn('language', text, (column) => column.notNull())
        .addColumn('notice_json', text, (column) => column.notNull())
        .addColumn('published_at', time, (column) => column.notNull())
        .addPrimaryKeyConstraint('notice_key', ['shop_id', 'hash'])
        .execute();
      await table('kiosk')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('kid', text, (column) => column.notNull().unique())
        .addColumn('public_key_json', text, (column) => column.notNull())
        .addColumn('shop_id', text, (column) => column.notNull().references('shop.id'))
        .addColumn('name', text, (column) => column.notNull())
        .addColumn('paired_at', time, (column) => column.notNull())
        .addColumn('revoked_at', time)
        .addColumn('forked_at', time)
        .addColumn('head_seq', time)
        .addColumn('head_hash', text)
        .addColumn('last_seen', time)
        .addColumn('health_json', text)
        .execute();
      await table('entry')
        .addColumn('kiosk_id', text, (column) => column.notNull().references('kiosk.id'))
        .addColumn('seq', time, (column) => column.notNull())
        .addColumn('hash', text, (column) => column.notNull())
        .addColumn('kind', text, (column) => column.notNull())
        .addColumn('record_json', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('entry_key', ['kiosk_id', 'seq'])
        .execute();
      await table('look')
        .addColumn('id', text, (column) => column.notNull())
        .addColumn('kiosk_id', text, (column) => column.notNull().references('kiosk.id'))
        .addColumn('receipt_ids_json', text, (column) => column.notNull())
        .addColumn('ending', text)
        .addPrimaryKeyConstraint('look_key', ['kiosk_id', 'id'])
        .execute();
      await table('receipt')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('kiosk_id', text, (column) => column.notNull().references('kiosk.id'))
        .addColumn('shop_id', text, (column) => column.notNull().references('shop.id'))
        .addColumn('seq', time, (column) => column.notNull())
        .addColumn('secret_hash', text, (column) => column.notNull())
        .addColumn('hour', text)
        .addColumn('withdrawn_at', time)
        .addColumn('withdrawn_place', text)
        .addColumn('withdrawn_in_ledger', 'integer', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('receipt_by_hour').on('receipt').columns(['shop_id', 'hour']).execute();
      await db.schema
        .createIndex('receipt_by_withdrawal')
        .on('receipt')
        .columns(['kiosk_id', 'withdrawn_in_ledger', 'withdrawn_at'])
        .execute();
      await table('tally')
        .addColumn('kiosk_id', text, (column) => column.notNull().references('kiosk.id'))
        .addColumn('hour', text, (column) => column.notNull())
        .addColumn('declined', time, (column) => column.notNull())
        .addColumn('left_unanswered', time, (column) => column.notNull())
        .addColumn('closed', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('tally_key', ['kiosk_id', 'hour'])
        .execute();
      await table('released_cell')
        .addColumn('shop_id', text, (column) => column.notNull().references('shop.id'))
        .addColumn('cell', text, (column) => column.notNull())
        .addColumn('people', time, (column) => column.notNull())
        .addPrimaryKeyConstraint('released_cell_key', ['shop_id', 'cell'])
        .execute();
      await table('waiting_withdrawal')
        .addColumn('receipt_id', text, (column) => column.notNull())
        .addColumn('secret_hash', text, (column) => column.notNull())
        .addColumn('asked_at', time, (column) => column.notNull())
        .addPrimaryKeyConstraint('waiting_withdrawal_key', ['receipt_id', 'secret_hash'])
        .execute();
      await table('refusal')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('kiosk_id', text, (column) => column.notNull())
        .addColumn('refused_at', time, (column) => column.notNull())
        .addColumn('reason', text, (column) => column.notNull())
        .addColumn('seq', time)
        .execute();
      await table('person')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('name', text, (column) => column.notNull())
        .addColumn('role', text, (column) => column.notNull())
        .addColumn('controller_id', text, (column) => column.notNull().references('controller.id'))
        .execute();
      for (const name of ['sign_in_link', 'session']) {
        await table(name)
          .addColumn('token_hash', text, (column) => column.primaryKey())
          .addColumn('person_id', text, (column) => column.notNull().references('person.id'))
          .addColumn('expires_at', time, (column) => column.notNull())
          .execute();
      }
      await table('pairing_code')
        .addColumn('code_hash', text, (column) => column.primaryKey())
        .addColumn('shop_id', text, (column) => column.notNull().references('shop.id'))
        .addColumn('expires_at', time, (column) => column.notNull())
        .execute();
    },
  },
  '002-checkpoints': {
    async up(db: Kysely<Tables>) {
      await db.schema
        .createTable('checkpoint')
        .addColumn('kiosk_id', 'text', (column) => column.notNull().references('kiosk.id'))
        .addColumn('seq', 'bigint', (column) => column.notNull())
        .addColumn('checkpoint', 'text', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('checkpoint_key', ['kiosk_id', 'seq'])
        .execute();
    },
  },
  '003-retention': retentionTables,
  '004-released-people': {
    async up(db: Kysely<Tables>) {
      const none = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);
      await db.schema.alterTable('kiosk').addColumn('demographics_counted', 'bigint', none).execute();
      await db.schema.alterTable('kiosk').addColumn('demographics_released', 'bigint', none).execute();
      await db.schema.alterTable('receipt').addColumn('gives_demographics', 'integer', none).execute();
    },
  },
  '005-told-retention': {
    async up(db: Kysely<Tables>) {
      for (const name of ['told_link_days', 'told_receipt_years'])
        await db.schema.alterTable('receipt').addColumn(name, 'bigint').execute();
    },
  },
  '006-receipt-key': receiptKey,
  '007-waiting-by-time': {
    async up(db: Kysely<Tables>) {
      await db.schema
        .createIndex('waiting_withdrawal_by_time')
        .on('waiting_withdrawal')
        .column('asked_at')
        .execute();
    },
  },
  '008-refusals-of-a-kiosk': {
    async up(db: Kysely<Tables>) {
      const index = db.schema.createIndex('refusal_of_kiosk').on('refusal');
      await index.columns(['kiosk_id', 'reason', 'refused_at']).execute();
    },
  },
  '009-earlier-retention': {
    async up(db: Kysely<Tables>) {
      await db.schema
        .createTable('earlier_retention')
        .addColumn('controller_id', 'text', (column) => column.notNull().references('controller.id'))
        .addColumn('link_days', 'bigint', (column) => column.notNull())
        .addColumn('receipt_years', 'bigint', (column) => column.notNull())
        .addColumn('until', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('earlier_retention_key', ['controller_id', 'link_days', 'receipt_years'])
        .execute();
    },
  },
  '010-withdrawal-effect': withdrawalEffect,
  '011-retention-of-refusals': {
    async up(db: Kysely<Tables>) {
      for (const name of ['waiting_deleted', 'refusals_deleted', 'unlogged_waiting', 'unlogged_refusals'])
        await db.schema
          .alterTable('retention')
          .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
          .execute();
    },
  },
  '012-notice-versions': noticeVersions,
  '013-named-notices': {
    async up(db: Kysely<Tables>) {
      const none = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);
      await db.schema.alterTable('notice').addColumn('is_named', 'integer', none).execute();
      // Which of them receipts name, only whoever reads every ledger can tell.
      await db.updateTable('notice').set({ is_named: 1 }).execute();
    },
  },
  '014-notices-by-day': {
    async up(db: Kysely<Tables>) {
      const index = db.schema.createIndex('notice_by_day').on('notice');
      await index.columns(['controller_id', 'published_at', 'version']).execute();
    },
  },
};
