import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from './schema.ts';

/** The version of each notice beside its text: to find the newest of a language, every text that a shop ever had was read. */
export const noticeVersions: Migration = {
  async up(db: Kysely<Tables>) {
    await db.schema
      .alterTable('notice')
      .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
    for (const { id } of await db.selectFrom('shop').select('id').execute()) {
      const notices = await db
        .selectFrom('notice')
        .select(['hash', 'notice_json'])
        .where('shop_id', '=', id)
        .execute();
      for (const { hash, notice_json } of notices) {
        const { version } = JSON.parse(notice_json) as { readonly version: string };
        await db
          .updateTable('notice')
          .set({ version: Number(version) })
          .where('shop_id', '=', id)
          .where('hash', '=', hash)
          .execute();
      }
    }
    await db.schema
      .createIndex('notice_by_version')
      .on('notice')
      .columns(['shop_id', 'language', 'version'])
      .execute();
  },
};
