import type { Controller } from '#consent';
import { type ControllerId, type Instant, instant, type KioskId } from '#values';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { forgetOldWaiting } from '../receipt/waiting-withdrawals.ts';
import { addDone, beginProgress } from './progress.ts';
import { type DueBy, dueBy } from './rules.ts';

/**
 * What has had its time and belongs to no controller. A withdrawal waits for a receipt as long as any of them keeps receipts, and names none of
 * them: each will write down that it is gone.
 */
export async function forgetExpired(
  db: Database,
  controllers: readonly Tables['controller'][],
  now: Instant,
): Promise<void> {
  await db.deleteFrom('pairing_code').where('expires_at', '<=', now).execute();
  const kept = controllers.map(({ controller_json }) => {
    const { retention } = JSON.parse(controller_json) as Controller;
    return dueBy(retention, now).cutoff.receipt;
  });
  await db.transaction().execute(async (transaction) => {
    const waiting = await forgetOldWaiting(transaction, now, instant(Math.min(now, ...kept)));
    if (waiting === 0) return;
    // In the order of their ids, so that no two nodes ever wait for each other.
    for (const { id } of controllers) {
      await beginProgress(transaction, id);
      await addDone(transaction, id, { waiting });
    }
  });
}

/** The same of one controller: sign-ins that are over, and refusals as old as the receipts that are deleted. */
export async function forgetExpiredOf(
  db: Database,
  controllerId: ControllerId,
  kioskIds: readonly KioskId[],
  { now, cutoff }: DueBy,
): Promise<void> {
  for (const table of ['session', 'sign_in_link'] as const) {
    await db
      .deleteFrom(table)
      .where('expires_at', '<=', now)
      .where('person_id', 'in', (people) =>
        people.selectFrom('person').select('id').where('controller_id', '=', controllerId),
      )
      .execute();
  }
  for (const kioskId of kioskIds) {
    await db.transaction().execute(async (transaction) => {
      const { numDeletedRows } = await transaction
        .deleteFrom('refusal')
        .where('kiosk_id', '=', kioskId)
        .where('refused_at', '<=', cutoff.receipt)
        .executeTakeFirstOrThrow();
      const refusals = Number(numDeletedRows);
      if (refusals > 0) await addDone(transaction, controllerId, { refusals });
    });
  }
}
