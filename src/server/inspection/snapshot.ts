import type { Controller, Notice, Shop } from '#consent';
import type { Clock, ControllerId, Instant, Sha256, ShopId } from '#values';
import type { Database } from '../database/open.ts';
import type { PrunedClass } from '../database/schema.ts';
import type { KioskRow } from '../kiosk/authenticate.ts';
import { publishedNotices } from '../notices.ts';

export interface SnapshotKiosk {
  readonly kiosk: KioskRow;
  readonly newestCheckpoint: { readonly seq: number; readonly checkpoint: string } | null;
  /** Up to which entry the bodies of each class were pruned. */
  readonly prunedThrough: ReadonlyMap<PrunedClass, number>;
}

interface SnapshotNotice {
  readonly hash: Sha256;
  readonly notice: Notice;
  readonly isInForce: boolean;
}

/** A shop at one moment. Entries are only ever added, so a kiosk's head says for good which were there; what has a body then may lose it. */
export interface Snapshot {
  readonly made: Instant;
  readonly controller: Controller;
  readonly shop: Shop & { readonly controllerId: ControllerId };
  /** Those that an entry or a receipt of this shop names, and those in force, oldest first. What nothing here names tells nobody anything. */
  readonly notices: readonly SnapshotNotice[];
  readonly kiosks: readonly SnapshotKiosk[];
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
  const shop = JSON.parse(row.shop_json) as Shop;
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
    shop: { ...shop, controllerId: row.controller_id },
    notices: await noticesOf(db, shop),
    kiosks,
  };
}

async function noticesOf(db: Database, shop: Shop): Promise<readonly SnapshotNotice[]> {
  const newest = await publishedNotices(db, shop.id);
  const inForce = shop.languages.flatMap((language) => newest.get(language) ?? []);
  const hashes = inForce.map(({ hash }) => hash);
  const rows = await db
    .selectFrom('notice')
    .select(['hash', 'notice_json'])
    .where('shop_id', '=', shop.id)
    .where(({ eb, or }) =>
      or([eb('is_named', '=', 1), ...(hashes.length === 0 ? [] : [eb('hash', 'in', hashes)])]),
    )
    .orderBy('published_at')
    .orderBy('hash')
    .execute();
  return rows.map(({ hash, notice_json }) => ({
    hash,
    notice: JSON.parse(notice_json) as Notice,
    isInForce: hashes.includes(hash),
  }));
}
