import { type HourCounts, hoursOfDay, localDate, localHour } from '#counting';
import { HOUR_MS, instant } from '#values';
import type { TabletCore } from './core.ts';

/** The day on which clocks go back has 25 hours. */
export const LONGEST_DAY_MS = 25 * HOUR_MS;

/** Today's numbers of this tablet alone, from its own storage: what the staff screen shows when there is no network. */
export async function todayOnTablet(
  core: TabletCore,
): Promise<{ readonly date: string; readonly hours: HourCounts[] }> {
  const { timeZone } = core.config().shop;
  const date = localDate(core.now(), timeZone);
  const counts = new Map<string, HourCounts>();
  const add = (hour: string, change: Partial<Omit<HourCounts, 'hour'>>): void => {
    const count = counts.get(hour) ?? { hour, counted: 0, declined: 0, left: 0 };
    counts.set(hour, {
      hour,
      counted: count.counted + (change.counted ?? 0),
      declined: count.declined + (change.declined ?? 0),
      left: count.left + (change.left ?? 0),
    });
  };
  const since = IDBKeyRange.lowerBound(instant(core.now() - LONGEST_DAY_MS));
  for (const { contribution, countedAt } of await core.database.getAllFromIndex(
    'receipts',
    'countedAt',
    since,
  )) {
    if (contribution === 'counted' && countedAt !== undefined)
      add(localHour(countedAt, timeZone), { counted: 1 });
  }
  for (const tally of await core.database.getAll('tallies')) add(tally.hour, tally);
  return { date, hours: hoursOfDay(date, counts.values()) };
}
