import { type Instant, instant } from '#values';
import { beginOfHour, hourOf } from './calendar.ts';
import { dateOf, type KioskPlan, type Workload } from './workload.ts';

/** Every shop is shut by then, and its date still the same. */
const EVENING_HOUR = 22;
/** Kiosks are set up before any shop opens. */
const MORNING_HOUR = 6;

/** One moment at which kiosks of some shops end their day. */
export interface Round {
  readonly now: Instant;
  readonly day: number;
  readonly kiosks: readonly KioskPlan[];
}

export function eveningOf(date: string, timeZone: string): Instant {
  return beginOfHour(hourOf(date, EVENING_HOUR), timeZone);
}

/** The evenings of all shops in the order in which they come, so that the clock of the play only runs forward. */
export function roundsOf(workload: Workload): Round[] {
  const rounds: Round[] = [];
  for (let day = 0; day < workload.days; day += 1) {
    const date = dateOf(workload, day);
    const byMoment = Map.groupBy(workload.kioskPlans, ({ shop }) => eveningOf(date, shop.shop.timeZone));
    for (const [now, kiosks] of byMoment) rounds.push({ now, day, kiosks });
  }
  return rounds.sort((one, other) => one.now - other.now);
}

export function firstMorning(workload: Pick<Workload, 'chain' | 'firstDate'>): Instant {
  const { chain, firstDate } = workload;
  const mornings = chain.map(({ shop }) => beginOfHour(hourOf(firstDate, MORNING_HOUR), shop.timeZone));
  return instant(Math.min(...mornings));
}
