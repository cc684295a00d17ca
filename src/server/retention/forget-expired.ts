import type { ControllerId, Instant, KioskId } from '#values';
import type { Database } from '../database/open.ts';
import { forgetOldWaiting } from '../receipt/waiting-withdrawals.ts';
import type { DueBy } from './rules.ts';

/** What has had its time and belongs to no controller. */
export async function forgetExpired(db: Database, now: Instant): Promise<void> {
  await forgetOldWaiting(db, now);
  await db.deleteFrom('pairing_code').where('expires_at', '<=', now).execute();
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
