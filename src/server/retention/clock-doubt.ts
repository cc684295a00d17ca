import { DAY_MS, type Instant, instant } from '#values';
import type { Database } from '../database/open.ts';

/** Longer than a shop's holidays or a repair, and far shorter than what a dead clock or a wrong machine is off by. */
export const LONGEST_LEAP_MS = 60 * DAY_MS;

/**
 * Since when nothing is known of this server, where that is so long that its clock may be wrong; null where there is no reason to doubt. Deleting
 * cannot be undone, and a clock that is years ahead would delete everything. Retention's own runs come first: nothing moves their time but a run, while
 * a tablet that was heard under the wrong clock would vouch for it. Times that the clock has not reached say nothing.
 */
export async function clockDoubt(db: Database, now: Instant): Promise<Instant | null> {
  const known = (await newestRun(db, now)) ?? (await newestOfKiosks(db, now));
  return known !== null && now - known > LONGEST_LEAP_MS ? known : null;
}

async function newestRun(db: Database, now: Instant): Promise<Instant | null> {
  const { newest } = await db
    .selectFrom('retention')
    .select((select) => select.fn.max<number | null>('last_run_at').as('newest'))
    .where('last_run_at', '<=', now)
    .executeTakeFirstOrThrow();
  return newest === null ? null : instant(Number(newest));
}

/** Where retention never ran, as with tables of a version that had none. */
async function newestOfKiosks(db: Database, now: Instant): Promise<Instant | null> {
  const kiosks = await db.selectFrom('kiosk').select(['paired_at', 'last_seen']).execute();
  const times = kiosks.flatMap(({ paired_at, last_seen }) => [paired_at, last_seen ?? paired_at]);
  const reached = times.filter((time) => time <= now);
  return reached.length === 0 ? null : instant(Math.max(...reached));
}
