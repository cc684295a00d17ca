import type { Controller } from '#consent';
import { type ControllerId, type Instant, instant, type KioskId } from '#values';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { forgetOldWaiting } from '../receipt/waiting-withdrawals.ts';
import { type DueBy, dueBy } from './rules.ts';

/** What has had its time and belongs to no controller. A withdrawal waits for a receipt as long as any of them keeps receipts. */
export async function forgetExpired(
  db: Database,
  controllers: readonly Pick<Tables['controller'], 'controller_json'>[],
  now: Instant,
): Promise<void> {
  await db.deleteFrom('pairing_code').where('expires_at', '<=', now).execute();
  const kept = controllers.map(({ controller_json }) => {
    const { retention } = JSON.parse(controller_json) as Controller;
    return dueBy(retention, now).cutoff.receipt;
  });
  await forgetOldWaiting(db, now, instant(Math.min(now, ...kept)));
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
    await db
      .deleteFrom('refusal')
      .where('kiosk_id', '=', kioskId)
      .where('refused_at', '<=', cutoff.receipt)
      .execute();
  }
}
