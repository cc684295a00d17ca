import type { Controller } from '#consent';
import type { ControllerId, KioskId } from '#values';
import type { ServerContext } from '../context.ts';
import type { PrunedClass } from '../database/schema.ts';
import { isStorageTrouble } from '../database/storage-trouble.ts';
import { isExporting } from '../inspection/exports-underway.ts';
import { forgetExpired, forgetExpiredOf } from './forget-expired.ts';
import { earlierRetention } from './pin-promises.ts';
import { addDone, beginProgress, endRun, lockProgress } from './progress.ts';
import { hasDue, pruneBatch } from './prune-batch.ts';
import { type DueBy, dueBy, PRUNED_CLASSES } from './rules.ts';

type Stores = Pick<ServerContext, 'db' | 'now' | 'random'>;

/**
 * Does what is due now, for every controller by its own settings. May be stopped or killed anywhere and begun again: each batch is whole or
 * not there, and knows where the one before it ended. Trouble with one controller's data keeps no other's; the first trouble is thrown at the end.
 */
export async function runRetention(stores: Stores, signal?: AbortSignal): Promise<void> {
  const troubles: unknown[] = [];
  const attempt = (work: Promise<void>) =>
    work.catch((error: unknown) => {
      // A database that does not answer is everybody's trouble: asking on would only hold others up.
      if (isStorageTrouble(error)) throw error;
      troubles.push(error);
    });
  const controllers = await stores.db.selectFrom('controller').selectAll().orderBy('id').execute();
  await attempt(forgetExpired(stores.db, controllers, stores.now()));
  for (const { id, controller_json } of controllers) {
    if (signal?.aborted) return;
    await attempt(runFor(stores, id, controller_json, signal));
  }
  if (troubles.length > 0) throw troubles[0];
}

async function runFor(
  { db, now, random }: Stores,
  controllerId: ControllerId,
  controllerJson: string,
  signal?: AbortSignal,
): Promise<void> {
  const { retention } = JSON.parse(controllerJson) as Controller;
  const due = dueBy(retention, now(), await earlierRetention(db, controllerId));
  await beginProgress(db, controllerId);
  const kiosks = await kiosksOf(db, controllerId);
  for (const prunedClass of PRUNED_CLASSES) {
    for (const { id: kioskId, shop_id } of kiosks) {
      while (await hasDue(db, kioskId, prunedClass, due)) {
        if (signal?.aborted) return;
        // The next run does it: nothing may go from a file while it is sent.
        if (isExporting(db, shop_id, now())) break;
        await runBatch(db, controllerId, kioskId, prunedClass, due);
      }
    }
  }
  await forgetExpiredOf(
    db,
    controllerId,
    kiosks.map(({ id }) => id),
    due,
  );
  await db.transaction().execute((transaction) => endRun(transaction, controllerId, due, random));
}

async function runBatch(
  db: Stores['db'],
  controllerId: ControllerId,
  kioskId: KioskId,
  prunedClass: PrunedClass,
  due: DueBy,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await lockProgress(transaction, controllerId);
    const done = await pruneBatch(transaction, kioskId, prunedClass, due);
    if (done !== null) await addDone(transaction, controllerId, done);
  });
}

async function kiosksOf(db: Stores['db'], controllerId: ControllerId) {
  return db
    .selectFrom('kiosk')
    .innerJoin('shop', 'shop.id', 'kiosk.shop_id')
    .select(['kiosk.id', 'kiosk.shop_id'])
    .where('shop.controller_id', '=', controllerId)
    .orderBy('kiosk.id')
    .execute();
}
