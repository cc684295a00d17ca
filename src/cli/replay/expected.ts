import type { Cell } from '#counting';
import type { LookEnding } from '#ledger';
import type { ShopId } from '#values';
import { isCounted, type PlannedDay, planDay } from './plan-day.ts';
import type { KioskPlan, Workload } from './workload.ts';

/** What a kiosk's ledger must add up to. */
export interface ExpectedKiosk {
  readonly receipts: number;
  readonly demographics: number;
  readonly guardians: number;
  readonly looks: Readonly<Partial<Record<LookEnding, number>>>;
  readonly contributions: number;
  readonly withdrawn: number;
  readonly countedNow: number;
  readonly declined: number;
  readonly left: number;
  readonly clockChanges: number;
}

interface ExpectedHour {
  counted: number;
  declined: number;
  left: number;
}

/** What the server must show in the end, worked out from the plan alone. */
export interface Expected {
  readonly kiosks: readonly ExpectedKiosk[];
  readonly shops: ReadonlyMap<ShopId, ExpectedShop>;
}

export interface ExpectedShop {
  readonly hours: Map<string, ExpectedHour>;
  /** People of each cell who were counted and did not take it back: released, or waiting on a tablet. */
  readonly cells: Map<Cell, number>;
}

type Counting = { -readonly [Name in keyof ExpectedKiosk]: ExpectedKiosk[Name] };

export function expectedOf(workload: Workload): Expected {
  const shops = new Map<ShopId, ExpectedShop>(
    workload.chain.map(({ shop }) => [shop.id, { hours: new Map(), cells: new Map() }]),
  );
  const kiosks = workload.kioskPlans.map((kiosk) => {
    const sums = noSums();
    for (let day = 0; day < workload.days; day += 1) {
      addDay(sums, shopOf(shops, kiosk), planDay(workload, kiosk, day));
    }
    return sums;
  });
  return { kiosks, shops };
}

function noSums(): Counting {
  return {
    receipts: 0,
    demographics: 0,
    guardians: 0,
    looks: {},
    contributions: 0,
    withdrawn: 0,
    countedNow: 0,
    declined: 0,
    left: 0,
    clockChanges: 0,
  };
}

function shopOf(shops: ReadonlyMap<ShopId, ExpectedShop>, { shop }: KioskPlan): ExpectedShop {
  const found = shops.get(shop.shop.id);
  if (found === undefined) throw new RangeError('A kiosk without a shop.');
  return found;
}

function addDay(sums: Counting, { hours, cells }: ExpectedShop, day: PlannedDay): void {
  if (day.clockErrorMs !== 0) sums.clockChanges += 1;
  const looks: Partial<Record<LookEnding, number>> = { ...sums.looks };
  for (const { hour, visits, declined, left } of day.hours) {
    const at = hours.get(hour) ?? { counted: 0, declined: 0, left: 0 };
    for (const visit of visits) {
      const isTakenBack = visit.withdrawal !== null;
      const isInCounts = isCounted(visit) && !isTakenBack;
      sums.receipts += 1;
      if (visit.purposes.includes('demographics')) sums.demographics += 1;
      if (visit.givenBy === 'guardian') sums.guardians += 1;
      for (const ending of visit.looks) looks[ending] = (looks[ending] ?? 0) + 1;
      if (isCounted(visit)) sums.contributions += 1;
      if (isTakenBack) sums.withdrawn += 1;
      if (isInCounts) {
        at.counted += 1;
        sums.countedNow += 1;
      }
      if (isInCounts && visit.cell !== null) cells.set(visit.cell, (cells.get(visit.cell) ?? 0) + 1);
    }
    at.declined += declined;
    at.left += left;
    sums.declined += declined;
    sums.left += left;
    if (at.counted + at.declined + at.left > 0) hours.set(hour, at);
  }
  sums.looks = looks;
}
