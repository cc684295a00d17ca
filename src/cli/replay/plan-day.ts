import type { GivenBy, Purpose } from '#consent';
import { AGE_BANDS, type Cell, cellOf, GENDERS } from '#counting';
import type { LookEnding } from '#ledger';
import { MINUTE_MS, SECOND_MS } from '#values';
import { type Seeded, seededBy } from './seeded.ts';
import { isOffline, type KioskPlan, visitsByHour, type Workload } from './workload.ts';

/** How a yes is taken back: with "Delete this" at once, with the receipt's code at the kiosk, or on a phone; after so many days. */
interface PlannedWithdrawal {
  readonly by: 'delete' | 'code' | 'phone';
  readonly afterDays: number;
}

/** Somebody who says yes. */
export interface PlannedVisit {
  /** From the beginning of the hour to the tap. */
  readonly startMs: number;
  /** Until the next one comes. */
  readonly spaceMs: number;
  /** Which of the shop's languages, by its place. */
  readonly language: number;
  readonly purposes: readonly Purpose[];
  readonly givenBy: GivenBy;
  /** One look, or two where the first saw too many people. */
  readonly looks: readonly LookEnding[];
  /** What the networks would say; null where it is not asked for or nobody was counted. */
  readonly cell: Cell | null;
  readonly withdrawal: PlannedWithdrawal | null;
}

export interface PlannedHour {
  readonly hour: string;
  readonly visits: readonly PlannedVisit[];
  readonly declined: number;
  readonly left: number;
}

export interface PlannedDay {
  readonly hours: readonly PlannedHour[];
  readonly isOffline: boolean;
  /** How far the kiosk's clock is off, until it asks the server in the evening. */
  readonly clockErrorMs: number;
  /** The answer to a batch is lost in the evening, so that it is sent twice. */
  readonly losesAnswer: boolean;
}

/** Kept free at both ends of an hour, so that a clock that is off counts nobody in another hour. */
export const MARGIN_MS = 3 * MINUTE_MS;
const LARGEST_CLOCK_ERROR_MS = 90 * SECOND_MS;
/** Smaller differences are the network's doing and not noted. */
const SMALLEST_CLOCK_ERROR_MS = 5 * SECOND_MS;
const HOUR_WITHOUT_MARGINS_MS = 60 * MINUTE_MS - 2 * MARGIN_MS;

/** Shares of all who say yes, or of what is named. */
const SHARES = {
  otherLanguage: 0.15,
  child: 0.04,
  /** Of those who are asked, which children are not: about 35 of a hundred people. */
  demographics: 0.365,
  withdrawn: 0.01,
  clockError: 1 / 45,
  losesAnswer: 1 / 30,
} as const;
/** Per yes: in 2021 nobody was asked, so nobody knows; a stand at an entrance hears more no than this. */
const DECLINED_PER_YES = 0.45;
const LEFT_PER_YES = 0.2;
/** Somebody may decline in an hour in which nobody says yes. */
const PASSERS_BY = 1;
const LATEST_WITHDRAWAL_DAYS = 20;

const LOOKS: readonly { readonly item: readonly LookEnding[]; readonly weight: number }[] = [
  { item: ['counted'], weight: 930 },
  { item: ['too-many-people', 'counted'], weight: 25 },
  { item: ['too-many-people', 'too-many-people'], weight: 3 },
  { item: ['too-many-people'], weight: 5 },
  { item: ['nobody'], weight: 14 },
  { item: ['undecided'], weight: 6 },
  { item: ['stopped'], weight: 10 },
  { item: ['interrupted'], weight: 4 },
  { item: ['camera-unplugged'], weight: 2 },
  { item: ['vision-failed'], weight: 1 },
];
const BY: readonly { readonly item: PlannedWithdrawal['by']; readonly weight: number }[] = [
  { item: 'delete', weight: 40 },
  { item: 'phone', weight: 45 },
  { item: 'code', weight: 15 },
];

/** What happens at one kiosk on one day. The same for the same seed, whoever asks and how often. */
export function planDay(workload: Workload, kiosk: KioskPlan, day: number): PlannedDay {
  const random = seededBy(workload.seed, 'day', kiosk.index, day);
  const offline = isOffline(kiosk, day);
  const hasClockError = !offline && day > 0 && random.chance(SHARES.clockError);
  return {
    isOffline: offline,
    clockErrorMs: hasClockError ? clockError(random) : 0,
    losesAnswer: random.chance(SHARES.losesAnswer),
    hours: visitsByHour(workload, kiosk, day).map(({ hour, visits }) => ({
      hour,
      visits: planVisits(random, visits, kiosk.shop.shop.languages.length, workload.days - 1 - day),
      declined: some(random, (visits + PASSERS_BY) * DECLINED_PER_YES),
      left: some(random, (visits + PASSERS_BY) * LEFT_PER_YES),
    })),
  };
}

/** How the camera's last opening in a visit ended. */
export function isCounted({ looks }: PlannedVisit): boolean {
  return looks.at(-1) === 'counted';
}

function planVisits(random: Seeded, visits: number, languages: number, daysLeft: number): PlannedVisit[] {
  const spaceMs = Math.floor(HOUR_WITHOUT_MARGINS_MS / Math.max(1, visits));
  return Array.from({ length: visits }, (_, index) => {
    const givenBy = random.chance(SHARES.child) ? 'guardian' : 'visitor';
    const gives = givenBy === 'visitor' && random.chance(SHARES.demographics);
    const looks = random.pick(LOOKS);
    const cell = planCell(random);
    return {
      startMs: MARGIN_MS + index * spaceMs,
      spaceMs,
      language: random.chance(SHARES.otherLanguage) ? random.whole(0, languages - 1) : 0,
      givenBy,
      purposes: gives ? ['count', 'demographics'] : ['count'],
      looks,
      cell: gives && looks.at(-1) === 'counted' ? cell : null,
      withdrawal: random.chance(SHARES.withdrawn) ? planWithdrawal(random, looks, daysLeft) : null,
    };
  });
}

/** Who is there when the power fails never gets to see a receipt. */
function planWithdrawal(
  random: Seeded,
  looks: readonly LookEnding[],
  daysLeft: number,
): PlannedWithdrawal | null {
  const by = random.pick(BY);
  const afterDays = Math.min(daysLeft, random.whole(0, LATEST_WITHDRAWAL_DAYS));
  if (looks.includes('interrupted')) return null;
  return { by, afterDays: by === 'delete' ? 0 : afterDays };
}

function planCell(random: Seeded): Cell {
  const items = (names: readonly string[], weights: readonly number[]) =>
    names.map((item, index) => ({ item, weight: weights[index] ?? 0 }));
  const band = random.pick(items(AGE_BANDS, [20, 30, 27, 13, 10])) as (typeof AGE_BANDS)[number];
  const gender = random.pick(items(GENDERS, [45, 45, 10])) as (typeof GENDERS)[number];
  return cellOf(band, gender);
}

function clockError(random: Seeded): number {
  const size = random.whole(SMALLEST_CLOCK_ERROR_MS, LARGEST_CLOCK_ERROR_MS);
  return random.chance(1 / 2) ? size : -size;
}

/** A whole number around the mean, from none to twice as many. */
function some(random: Seeded, mean: number): number {
  return Math.floor(random.number() * 2 * mean + random.number());
}
