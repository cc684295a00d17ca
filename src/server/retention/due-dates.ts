import { sql } from 'kysely';
import type { Controller } from '#consent';
import { localDate } from '#counting';
import { type RetentionAnswer, SHOWN_DUE_DATES } from '#protocol';
import { DAY_MS, type Instant, instant, type ShopId } from '#values';
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
  shops: readonly ShopClock[],
  retention: Retention,
  now: Instant,
): Promise<DueDates> {
  const links = new Map<string, number>();
  const receipts = new Map<string, number>();
  for (const shop of shops) {
    const today = localDate(now, shop.timeZone);
    for (const { day, told, count } of await linksByDay(db, shop.id)) {
      const linkDays = Math.min(retention.linkDays, Number(told ?? retention.linkDays));
      add(links, later(today, addDays(day, linkDays)), Number(count));
    }
    for (const { day, told, count } of await receiptsByDay(db, shop.id)) {
      const date = new Date(Number(day) * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
      const receiptYears = Math.min(retention.receiptYears, Number(told ?? retention.receiptYears));
      add(receipts, later(today, addYears(date, receiptYears)), Number(count));
    }
  }
  return { links: firstDates(links), receipts: firstDates(receipts) };
}

/** By the day that the hour names: when else they were counted is nobody's business here. */
async function linksByDay(db: Database, shopId: ShopId) {
  const day = sql<string>`substr(hour, 1, 10)`;
  return db
    .selectFrom('receipt')
    .select((select) => [day.as('day'), 'told_link_days as told', select.fn.countAll<number>().as('count')])
    .where('shop_id', '=', shopId)
    .where('hour', 'is not', null)
    .groupBy([day, 'told_link_days'])
    .orderBy(day)
    .limit(SHOWN_DUE_DATES * PROMISES_A_DAY)
    .execute();
}

/** Years of receipts are there: only those of the first days are counted. */
async function receiptsByDay(db: Database, shopId: ShopId) {
  const oldest = await db
    .selectFrom('receipt')
    .select('issued_at')
    .where('shop_id', '=', shopId)
    .orderBy('issued_at')
    .limit(1)
    .executeTakeFirst();
  if (oldest === undefined) return [];
  const day = sql<number>`issued_at / ${sql.lit(DAY_MS)}`;
  return db
    .selectFrom('receipt')
    .select((select) => [
      day.as('day'),
      'told_receipt_years as told',
      select.fn.countAll<number>().as('count'),
    ])
    .where('shop_id', '=', shopId)
    .where('issued_at', '<', instant(oldest.issued_at + SHOWN_DUE_DATES * DAY_MS))
    .groupBy([day, 'told_receipt_years'])
    .orderBy(day)
    .limit(SHOWN_DUE_DATES * PROMISES_A_DAY)
    .execute();
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
