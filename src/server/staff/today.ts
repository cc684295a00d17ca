import { hoursOfDay, localDate } from '#counting';
import { type HealthReport, healthReportSchema, type KioskStatus, type Today } from '#protocol';
import { type Instant, MINUTE_MS, type ShopId, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import type { KioskRow } from '../kiosk/authenticate.ts';
import { tallySum } from '../tally-sum.ts';
import { countedByHour } from './counted-by-hour.ts';

/** Kiosks report every minute; one that missed three is silent. */
const SILENT_AFTER_MS = 3 * MINUTE_MS;

/** Today of one shop, or null where there is no such shop. Ages and genders come from releases alone. */
export async function todayOf(
  { db, now }: Pick<ServerContext, 'db' | 'now'>,
  shopId: ShopId,
): Promise<Today | null> {
  const row = await db.selectFrom('shop').select('shop_json').where('id', '=', shopId).executeTakeFirst();
  if (row === undefined) return null;
  const shop = JSON.parse(row.shop_json) as { id: ShopId; name: string; timeZone: string };
  const time = now();
  const date = localDate(time, shop.timeZone);
  const kiosks = await db
    .selectFrom('kiosk')
    .selectAll()
    .where('shop_id', '=', shopId)
    .orderBy('paired_at')
    .execute();
  const cells = await db
    .selectFrom('released_cell')
    .select(['cell', 'people'])
    .where('shop_id', '=', shopId)
    .execute();
  return {
    shop: { id: shop.id, name: shop.name, timeZone: shop.timeZone },
    date,
    asOf: toIso(time),
    hours: hoursOfDay(date, await countsOfDate(db, shopId, date)),
    released: {
      people: cells.reduce((sum, { people }) => sum + Number(people), 0),
      cells: Object.fromEntries(cells.map(({ cell, people }) => [cell, Number(people)])),
    },
    kiosks: kiosks.map((kiosk) => statusOf(kiosk, time)),
  };
}

async function countsOfDate(db: ServerContext['db'], shopId: ShopId, date: string) {
  // A range and not a pattern, so that both engines use the index.
  const [first, last] = [`${date}T00`, `${date}T23`] as const;
  const countedIn = await countedByHour(db, shopId, first, last);
  const tallied = await db
    .selectFrom('tally')
    .innerJoin('kiosk', 'kiosk.id', 'tally.kiosk_id')
    .select(['hour', tallySum('declined').as('declined'), tallySum('left_unanswered').as('left')])
    .where('kiosk.shop_id', '=', shopId)
    .where('hour', '>=', first)
    .where('hour', '<=', last)
    .groupBy('hour')
    .execute();
  const talliedIn = new Map(tallied.map((row) => [row.hour, row]));
  const hours = new Set([...talliedIn.keys(), ...countedIn.keys()]);
  return [...hours].map((hour) => ({
    hour,
    counted: countedIn.get(hour) ?? 0,
    declined: Number(talliedIn.get(hour)?.declined ?? 0),
    left: Number(talliedIn.get(hour)?.left ?? 0),
  }));
}

/** How a kiosk stands. */
export function statusOf(kiosk: KioskRow, now: Instant): KioskStatus {
  const parsed = healthReportSchema.safeParse(JSON.parse(kiosk.health_json ?? 'null'));
  const { tallies: _, ...health } = parsed.success ? parsed.data : { tallies: [] };
  const lastSeen = kiosk.last_seen === null ? null : (Number(kiosk.last_seen) as Instant);
  return {
    id: kiosk.id,
    name: kiosk.name,
    pairedAt: toIso(Number(kiosk.paired_at) as Instant),
    lastSeen: lastSeen === null ? null : toIso(lastSeen),
    condition: conditionOf(kiosk, lastSeen, now, parsed.data ?? null),
    health: 'state' in health ? health : null,
  };
}

function conditionOf(
  kiosk: KioskRow,
  lastSeen: Instant | null,
  now: Instant,
  report: HealthReport | null,
): KioskStatus['condition'] {
  if (kiosk.revoked_at !== null) return 'revoked';
  if (kiosk.forked_at !== null) return 'fork';
  if (lastSeen === null || now - lastSeen > SILENT_AFTER_MS) return 'silent';
  if (report?.state === 'resting') return 'resting';
  return report?.problem == null ? 'well' : 'ailing';
}
