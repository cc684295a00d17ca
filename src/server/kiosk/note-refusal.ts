import type { RefusalReason } from '#protocol';
import { DAY_MS, instant, type KioskId, randomId } from '#values';
import type { ServerContext } from '../context.ts';
import type { KioskRow } from './authenticate.ts';
import type { Refused } from './refused.ts';

/** Of one kiosk and reason. It tells the officer all that there is to tell, and who holds a tablet's key cannot fill the disk with notes. */
const MOST_NOTED_A_DAY = 100;

/** Kept for the officer: which kiosk, when, why. Nothing of what was sent. */
export async function noteRefusal(context: ServerContext, kiosk: KioskRow, refused: Refused): Promise<void> {
  const { db, now, random, live } = context;
  // A tablet whose chain is forked shows it again at each try; the officer has been told.
  if (refused.reason === 'fork' && kiosk.forked_at !== null) return;
  if ((await notedToday(context, kiosk.id, refused.reason)) < MOST_NOTED_A_DAY) {
    await db
      .insertInto('refusal')
      .values({
        id: randomId(random),
        kiosk_id: kiosk.id,
        refused_at: now(),
        reason: refused.reason,
        seq: refused.seq,
      })
      .execute();
  }
  if (refused.reason !== 'fork') return;
  await db.updateTable('kiosk').set({ forked_at: now() }).where('id', '=', kiosk.id).execute();
  live.changed(kiosk.shop_id);
}

/** In the 24 hours until now. */
async function notedToday(
  { db, now }: ServerContext,
  kioskId: KioskId,
  reason: RefusalReason,
): Promise<number> {
  const { count } = await db
    .selectFrom('refusal')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('kiosk_id', '=', kioskId)
    .where('reason', '=', reason)
    .where('refused_at', '>', instant(now() - DAY_MS))
    .executeTakeFirstOrThrow();
  return Number(count);
}
