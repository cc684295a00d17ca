import { sql } from 'kysely';
import type { Controller } from '#consent';
import { localDate } from '#counting';
import { type RetentionAnswer, SHOWN_DUE_DATES } from '#protocol';
import { type ControllerId, DAY_MS, type Instant, instant, type ShopId } from '#values';
import type { Database } from '../database/open.ts';

type DueDates = RetentionAnswer['due'];
type Retention = Controller['retention'];

/** A setting that changes on a day makes two, and tablets that were offline a few more. */
const PROMISES_A_DAY = 4;

interface ShopClock {
  readonly id: ShopId;
  readonly timeZone: string;
}

/** The next dates on which links are cut and receipts deleted, and how many. */
export async function dueDates(
  db: Database,
  controllerId: ControllerId,
  shops: readonly ShopClock[],
  retention: Retention,
  now: Instant,
): Promise<DueDates> {
  const links = new Map<string, number>();
  const receipts = new Map<string, number>();
  for (const shop of shops) {
    const today = localDate(now, shop.timeZone);
    for (const { day, told, held, count } of await linksByDay(db, controllerId, shop.id)) {
      const linkDays = least(retention.linkDays, told, held);
      add(links, later(today, addDays(day, linkDays)), Number(count));
    }
    for (const { day, told, held, count } of await receiptsByDay(db, controllerId, shop.id)) {
      const date = new Date(Number(day) * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
      const receiptYears = least(retention.receiptYears, told, held);
      add(receipts, later(today, addYears(date, receiptYears)), Number(count));
    }
  }
  return { links: firstDates(links), receipts: firstDates(receipts) };
}

/** By the day that the hour names: when else they were counted is nobody's business here. */
async function linksByDay(db: Database, controllerId: ControllerId, shopId: ShopId) {
  const link = db
    .selectFrom('receipt')
    .select([
      sql<string>`substr(hour, 1, 10)`.as('day'),
      'told_link_days as told',
      shortestSince(controllerId, 'link_days').as('held'),
    ])
    .where('shop_id', '=', shopId)
    .where('hour', 'is not', null);
  return db
    .selectFrom(link.as('link'))
    .select((select) => ['day', 'told', 'held', select.fn.countAll<number>().as('count')])
    .groupBy(['day', 'told', 'held'])
    .orderBy('day')
    .limit(SHOWN_DUE_DATES * PROMISES_A_DAY)
    .execute();
}

/** Years of receipts are there: only those of the first days are counted. */
async function receiptsByDay(db: Database, controllerId: ControllerId, shopId: ShopId) {
  const oldest = await db
    .selectFrom('receipt')
    .select('issued_at')
    .where('shop_id', '=', shopId)
    .orderBy('issued_at')
    .limit(1)
    .executeTakeFirst();
  if (oldest === undefined) return [];
  const receipt = db
    .selectFrom('receipt')
    .select([
      sql<number>`issued_at / ${sql.lit(DAY_MS)}`.as('day'),
      'told_receipt_years as told',
      shortestSince(controllerId, 'receipt_years').as('held'),
    ])
    .where('shop_id', '=', shopId)
    .where('issued_at', '<', instant(oldest.issued_at + SHOWN_DUE_DATES * DAY_MS));
  return db
    .selectFrom(receipt.as('one'))
    .select((select) => ['day', 'told', 'held', select.fn.countAll<number>().as('count')])
    .groupBy(['day', 'told', 'held'])
    .orderBy('day')
    .limit(SHOWN_DUE_DATES * PROMISES_A_DAY)
    .execute();
}

/** The shortest time that settings gave since a receipt was issued, those of now left out; null where they never changed since. */
function shortestSince(controllerId: ControllerId, time: 'link_days' | 'receipt_years') {
  return sql<number | null>`(select min(${sql.ref(time)}) from earlier_retention
    where controller_id = ${controllerId} and until >= receipt.issued_at)`;
}

function least(settings: number, ...others: readonly (number | null)[]): number {
  return Math.min(settings, ...others.map((other) => Number(other ?? settings)));
}

function add(dates: Map<string, number>, date: string, count: number): void {
  dates.set(date, (dates.get(date) ?? 0) + count);
}

function firstDates(dates: ReadonlyMap<string, number>): { date: string; count: number }[] {
  return [...dates]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, SHOWN_DUE_DATES)
    .map(([date, count]) => ({ date, count }));
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

const LAST_DATE = '9999-12-31';

function addDays(date: string, days: number): string {
  return dateOf(new Date(Date.parse(date) + days * DAY_MS));
}

function addYears(date: string, years: number): string {
  const moved = new Date(date);
  moved.setUTCFullYear(moved.getUTCFullYear() + years);
  return dateOf(moved);
}

/** Settings may ask for more years than a calendar has. */
function dateOf(date: Date): string {
  const text = Number.isNaN(date.getTime()) ? LAST_DATE : date.toISOString();
  return text.startsWith('+') ? LAST_DATE : text.slice(0, 'YYYY-MM-DD'.length);
}
