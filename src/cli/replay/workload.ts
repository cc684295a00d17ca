import { apportion } from './apportion.ts';
import { addDays, hourOf, weekdayOf } from './calendar.ts';
import { planChain, type ShopPlan } from './chain.ts';
import { type Seeded, seededBy } from './seeded.ts';

export interface WorkloadSize {
  /** People who say yes. Those who decline or leave come on top. */
  readonly visits: number;
  readonly kiosks: number;
  readonly shops: number;
  readonly days: number;
  readonly seed: number;
}

export interface KioskPlan {
  readonly index: number;
  readonly shop: ShopPlan;
  readonly visitsByDay: readonly number[];
  /** Days without a network, the last not among them. */
  readonly offline: readonly { readonly from: number; readonly to: number }[];
}

/** Everything that is decided before anybody comes. What happens on a day is decided by `planDay`, again and again the same. */
export interface Workload extends WorkloadSize {
  readonly firstDate: string;
  readonly chain: readonly ShopPlan[];
  readonly kioskPlans: readonly KioskPlan[];
  /** The day on whose evening the text of each shop's notice changes; null where the time is too short for one. */
  readonly noticeChangeDay: number | null;
}

/** A Monday in winter, so that half a year has the change to summer time in it. */
const FIRST_DATE = '2026-01-05';
/** People whom one kiosk can serve in an hour, one after another, when they hurry. */
export const MOST_VISITS_AN_HOUR = 400;

const WEEKDAY_WEIGHTS = [0.8, 0.7, 0.8, 0.9, 1.2, 1.8, 1.1] as const;
/** By the hour of the day: few in the morning, a rise at noon, most in the late afternoon. */
const HOUR_WEIGHTS: Readonly<Record<number, number>> = { 12: 1.5, 13: 1.3, 15: 1.4, 16: 1.8, 17: 2, 18: 1.6 };
const USUAL_HOUR = 1;
const LEAST_NOISE = 0.5;
const OFFLINE_DAYS = 7;
/** About one week offline in as many days. */
const DAYS_PER_OFFLINE_WEEK = 60;
const FEWEST_DAYS_FOR_NOTICE = 4;

export function planWorkload(
  size: WorkloadSize,
  firstDate: string = FIRST_DATE,
  shopOfKiosk: readonly ShopPlan[] = planChain(size.shops, size.kiosks),
): Workload {
  const random = seededBy(size.seed, 'workload');
  const visitsOfKiosk = apportion(
    size.visits,
    shopOfKiosk.map(() => noisy(random)),
  );
  return {
    ...size,
    firstDate,
    chain: [...new Set(shopOfKiosk)],
    kioskPlans: shopOfKiosk.map((shop, index) => {
      const ofKiosk = seededBy(size.seed, 'kiosk', index);
      return {
        index,
        shop,
        visitsByDay: apportion(visitsOfKiosk[index] ?? 0, weightsOfDays(shop, size.days, firstDate, ofKiosk)),
        offline: planOffline(size.days, ofKiosk),
      };
    }),
    noticeChangeDay: size.days < FEWEST_DAYS_FOR_NOTICE ? null : Math.floor(size.days / 2),
  };
}

export function dateOf({ firstDate }: Pick<Workload, 'firstDate'>, day: number): string {
  return addDays(firstDate, day);
}

export function isOffline({ offline }: KioskPlan, day: number): boolean {
  return offline.some(({ from, to }) => day >= from && day < to);
}

/** Hours of a kiosk's day in which its shop is open, each with how many come in it. */
export function visitsByHour(
  workload: Pick<Workload, 'firstDate'>,
  kiosk: KioskPlan,
  day: number,
): { readonly hour: string; readonly visits: number }[] {
  const date = dateOf(workload, day);
  const open = kiosk.shop.opening[weekdayOf(date)] ?? null;
  if (open === null) return [];
  const [first, last] = open;
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const visits = apportion(
    kiosk.visitsByDay[day] ?? 0,
    hours.map((hour) => HOUR_WEIGHTS[hour] ?? USUAL_HOUR),
  );
  return hours.map((hour, index) => ({ hour: hourOf(date, hour), visits: visits[index] ?? 0 }));
}

/** Whether somebody would find a kiosk still busy with the one before. */
export function isTooBusy(workload: Workload): boolean {
  return workload.kioskPlans.some((kiosk) =>
    kiosk.visitsByDay.some((_, day) =>
      visitsByHour(workload, kiosk, day).some(({ visits }) => visits > MOST_VISITS_AN_HOUR),
    ),
  );
}

function weightsOfDays({ opening }: ShopPlan, days: number, firstDate: string, random: Seeded): number[] {
  return Array.from({ length: days }, (_, day) => {
    const weekday = weekdayOf(addDays(firstDate, day));
    const noise = noisy(random);
    return opening[weekday] === null ? 0 : (WEEKDAY_WEIGHTS[weekday] ?? 0) * noise;
  });
}

function noisy(random: Seeded): number {
  return LEAST_NOISE + random.number();
}

/** Never on the first day, when a kiosk is paired, nor on the last, when everything must have arrived. */
function planOffline(days: number, random: Seeded): { from: number; to: number }[] {
  const length = Math.min(OFFLINE_DAYS, Math.floor(days / 3));
  if (length === 0) return [];
  const weeks = Math.max(1, Math.round(days / DAYS_PER_OFFLINE_WEEK));
  return Array.from({ length: weeks }, () => {
    const from = random.whole(1, days - 1 - length);
    return { from, to: from + length };
  });
}
