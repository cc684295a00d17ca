import type { Transaction } from 'kysely';
import type { Controller, Notice, Shop } from '#consent';
import type { Clock, ControllerId, Instant, Sha256, ShopId } from '#values';
import type { Database } from '../database/open.ts';
import type { PrunedClass, Tables } from '../database/schema.ts';
import type { KioskRow } from '../kiosk/authenticate.ts';

export interface SnapshotKiosk {
  readonly kiosk: KioskRow;
  readonly newestCheckpoint: { readonly seq: number; readonly checkpoint: string } | null;
  /** Up to which entry the bodies of each class were pruned. */
  readonly prunedThrough: ReadonlyMap<PrunedClass, number>;
}

/** A shop at one moment. Entries are only ever added, so a kiosk's head says for good which were there; what has a body then may lose it. */
export interface Snapshot {
  readonly made: Instant;
  readonly controller: Controller;
  readonly shop: Shop & { readonly controllerId: ControllerId };
  /** All that this shop ever published, oldest first: every receipt names one of them. */
  readonly notices: readonly { readonly hash: Sha256; readonly notice: Notice }[];
  readonly kiosks: readonly SnapshotKiosk[];
}

/** Does a work that sees one moment of the database: on PostgreSQL, too, a batch that comes meanwhile is in all of it or in none. */
export function inOneMoment<Result>(
  db: Database,
  work: (db: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().setIsolationLevel('repeatable read').execute(work);
}

export async function takeSnapshot(
  { db, now }: { readonly db: Database; readonly now: Clock },
  shopId: ShopId,
): Promise<Snapshot> {
  const row = await db
    .selectFrom('shop')
    .innerJoin('controller', 'controller.id', 'shop.controller_id')
    .select(['shop_json', 'controller_json', 'shop.controller_id'])
    .where('shop.id', '=', shopId)
    .executeTakeFirstOrThrow();
  const notices = await db
    .selectFrom('notice')
    .select(['hash', 'notice_json'])
    .where('shop_id', '=', shopId)
    .orderBy('published_at')
    .orderBy('hash')
    .execute();
  const rows = await db
    .selectFrom('kiosk')
    .selectAll()
    .where('shop_id', '=', shopId)
    .orderBy('paired_at')
    .orderBy('id')
    .execute();
  const kiosks: SnapshotKiosk[] = [];
  for (const kiosk of rows) {
    const newestCheckpoint = await db
      .selectFrom('checkpoint')
      .select(['seq', 'checkpoint'])
      .where('kiosk_id', '=', kiosk.id)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const pruned = await db
      .selectFrom('pruned')
      .select(['class', 'through_seq'])
      .where('kiosk_id', '=', kiosk.id)
      .execute();
    kiosks.push({
      kiosk,
      newestCheckpoint: newestCheckpoint ?? null,
      prunedThrough: new Map(pruned.map((row) => [row.class, row.through_seq])),
    });
  }
  return {
    made: now(),
    controller: JSON.parse(row.controller_json) as Controller,
    shop: { ...(JSON.parse(row.shop_json) as Shop), controllerId: row.controller_id },
    notices: notices.map(({ hash, notice_json }) => ({ hash, notice: JSON.parse(notice_json) as Notice })),
    kiosks,
  };
}
