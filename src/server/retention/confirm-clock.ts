import type { ServerContext } from '../context.ts';
import { runRetention } from './run-retention.ts';

/**
 * Does what is due by a clock that an operator vouched for. A run under a clock that was ahead left a time that this one has not reached: it says
 * nothing of when the server last worked, no run would lower it, and the doubt would stay.
 */
export async function confirmClock(stores: Pick<ServerContext, 'db' | 'now' | 'random'>): Promise<void> {
  const { db } = stores;
  const now = stores.now();
  await db.updateTable('retention').set({ last_run_at: now }).where('last_run_at', '>', now).execute();
  await runRetention(stores);
}
