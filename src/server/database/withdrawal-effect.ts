import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from './schema.ts';

/** When each withdrawal took effect. The ledger's own body tells only when it was asked, and goes with the link. */
export const withdrawalEffect: Migration = {
  async up(db: Kysely<Tables>) {
    await db.schema.alterTable('receipt').addColumn('took_effect_at', 'bigint').execute();
    // Asked of the server itself, they held in the same step. When a kiosk's arrived, nobody noted.
    // A kiosk at a time, so that on PostgreSQL no statement outlasts the patience of its connection.
    for (const { id } of await db.selectFrom('kiosk').select('id').execute()) {
      await db
        .updateTable('receipt')
        .set((set) => ({ took_effect_at: set.ref('withdrawn_at') }))
        .where('kiosk_id', '=', id)
        .where('withdrawn_place', 'in', ['phone', 'staff'])
        .where('counted_when_cut', '=', 0)
        .execute();
    }
  },
};
