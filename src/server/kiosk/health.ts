import type { HealthReport } from '#protocol';
import type { ServerContext } from '../context.ts';
import type { KioskRow } from './authenticate.ts';

/** Keeps a kiosk's newest report and the current values of its open tallies. A closed tally is the ledger's and is left alone. */
export async function keepHealth(
  { db, now, live }: ServerContext,
  kiosk: KioskRow,
  report: HealthReport,
): Promise<void> {
  // A copied tablet that is behind has nothing to show of its own; that it saw a chain that is not its own is its word alone.
  const fork = report.problem === 'forked' && kiosk.forked_at === null ? { forked_at: now() } : {};
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('kiosk')
      .set({ last_seen: now(), ...fork, health_json: JSON.stringify({ ...report, tallies: [] }) })
      .where('id', '=', kiosk.id)
      .execute();
    for (const { hour, declined, left } of report.tallies) {
      const counts = { declined, left_unanswered: left };
      await transaction
        .insertInto('tally')
        .values({ kiosk_id: kiosk.id, hour, ...counts, closed: 0 })
        .onConflict((conflict) =>
          conflict.columns(['kiosk_id', 'hour']).doUpdateSet(counts).where('tally.closed', '=', 0),
        )
        .execute();
    }
  });
  live.changed(kiosk.shop_id);
}
