import type { CheckOutcome, Figures } from '#inspection';
import type { Instant } from '#values';
import { inspectShop, todayOf } from '../../server/index.ts';
import type { Expected, ExpectedKiosk, ExpectedShop } from './expected.ts';
import type { OwnServer } from './own-server.ts';
import { eveningOf } from './rounds.ts';
import type { EndedKiosk } from './team.ts';
import type { KioskPlan, Workload } from './workload.ts';
import { dateOf } from './workload.ts';

/** What the build is made of is no part of a replay. */
const NO_BILL = '/nowhere/sbom.json';

/** What is not as it was meant, in sentences; nothing where all is. */
export type Mismatches = readonly string[];

/** Whether the checker accepts a kiosk's file, and reads out of it what was meant. */
export function compareLedger(file: string, outcome: CheckOutcome, expected: ExpectedKiosk): Mismatches {
  if (!outcome.ok) return [`${file}: refused in line ${outcome.line} (${outcome.reason})`];
  const [kiosk] = outcome.report.kiosks;
  if (kiosk === undefined) return [`${file}: no kiosk`];
  const gaps = kiosk.gaps.map((gap) => `${file}: ${gap}`);
  return [...gaps, ...differences(file, figuresOf(kiosk.figures), { ...expected, ...looksOf(expected) })];
}

function figuresOf(figures: Figures): Record<string, number> {
  return {
    receipts: figures.receipts,
    demographics: figures.receiptsByPurpose.demographics,
    guardians: figures.receiptsByGiver.guardian,
    contributions: figures.contributions,
    withdrawn: figures.withdrawn,
    countedNow: figures.countedNow,
    declined: figures.tallies.declined,
    left: figures.tallies.left,
    clockChanges: figures.clockChanges,
    ...looksOf(figures),
  };
}

function looksOf({ looks }: { readonly looks: Readonly<Record<string, number>> }): Record<string, number> {
  return Object.fromEntries(Object.entries(looks).map(([ending, count]) => [`looks ${ending}`, count]));
}

function differences(
  where: string,
  is: Readonly<Record<string, number>>,
  meant: Readonly<Record<string, unknown>>,
): Mismatches {
  return Object.entries(is).flatMap(([name, value]) => {
    const wanted = meant[name] ?? 0;
    return value === wanted ? [] : [`${where}: ${name} is ${value}, not ${wanted}`];
  });
}

/** Whether the server shows in every hour of every shop what was meant. Its clock is turned back to each day, and today is read. */
export async function compareHours(
  server: OwnServer,
  workload: Workload,
  expected: Expected,
): Promise<Mismatches> {
  const found: string[] = [];
  for (const { shop } of workload.chain) {
    const hours = expected.shops.get(shop.id)?.hours;
    for (let day = 0; day < workload.days; day += 1) {
      const date = dateOf(workload, day);
      server.turnClock(eveningOf(date, shop.timeZone));
      const today = await todayOf(server.context, shop.id);
      if (today?.date !== date) found.push(`${shop.id}: ${date} is shown as ${today?.date ?? 'nothing'}`);
      for (const { hour, counted, declined, left } of today?.hours ?? []) {
        const meant = hours?.get(hour) ?? { counted: 0, declined: 0, left: 0 };
        found.push(...differences(`${shop.id} ${hour}`, { counted, declined, left }, { ...meant }));
      }
    }
  }
  return found;
}

/** Whether each shop's self-inspection, made at the end of the last evening, shows every camera second covered and nothing wrong. */
export async function compareInspections(
  server: OwnServer,
  workload: Workload,
  expected: Expected,
): Promise<Mismatches> {
  const found: string[] = [];
  const period = { from: dateOf(workload, 0), to: dateOf(workload, workload.days - 1) };
  for (const { shop } of workload.chain) {
    server.turnClock(eveningOf(period.to, shop.timeZone));
    const inspection = await inspectShop(server.context, shop.id, period, NO_BILL);
    const { looks, receipts, contributions } = inspection;
    const ofShop = workload.kioskPlans
      .filter((plan) => plan.shop.shop.id === shop.id)
      .flatMap(({ index }) => expected.kiosks[index] ?? []);
    const sumOf = (figure: 'receipts' | 'contributions') =>
      ofShop.reduce((sum, kiosk) => sum + kiosk[figure], 0);
    // Half a year goes by in minutes, and retention runs by the hours of the machine.
    const problems = inspection.problems.filter(({ problem }) => problem !== 'retention-late');
    found.push(
      ...problems.map(({ problem, count }) => `${shop.id} inspection: ${problem} (${count})`),
      ...differences(
        `${shop.id} inspection`,
        { covered: looks.covered, coveredMs: looks.coveredMs },
        {
          covered: looks.opened,
          coveredMs: looks.cameraMs,
        },
      ),
      ...differences(
        `${shop.id} inspection`,
        { receipts: receipts.issued, contributions },
        { receipts: sumOf('receipts'), contributions: sumOf('contributions') },
      ),
    );
  }
  return found;
}

/**
 * Whether ages and genders are all there once: what was released and what still waits on tablets, less what tablets still have to
 * subtract, is what was meant.
 */
export async function compareCells(
  server: OwnServer,
  workload: Workload,
  expected: Expected,
  ended: ReadonlyMap<KioskPlan, EndedKiosk>,
): Promise<Mismatches> {
  const found: string[] = [];
  for (const { shop } of workload.chain) {
    const today = await todayOf(server.context, shop.id);
    const sums = new Map<string, number>(Object.entries(today?.released.cells ?? {}));
    const add = (cell: string, people: number) => sums.set(cell, (sums.get(cell) ?? 0) + people);
    for (const [plan, { waiting, owed }] of ended) {
      if (plan.shop.shop.id !== shop.id) continue;
      for (const cell of waiting) add(cell, 1);
      for (const cell of owed) add(cell, -1);
    }
    const meant: ExpectedShop['cells'] = expected.shops.get(shop.id)?.cells ?? new Map();
    for (const cell of meant.keys()) add(cell, 0);
    found.push(...differences(`${shop.id} released`, Object.fromEntries(sums), Object.fromEntries(meant)));
  }
  return found;
}

/** Whether everything that kiosks wrote arrived, each entry and each receipt once, and nothing was refused on the way. */
export async function compareTables(
  { context }: OwnServer,
  expected: Expected,
  ended: Iterable<EndedKiosk>,
): Promise<Mismatches> {
  const count = async (table: 'entry' | 'receipt' | 'refusal') => {
    const { rows } = await context.db
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    return Number(rows);
  };
  const waiting = await context.db
    .selectFrom('waiting_withdrawal')
    .leftJoin('receipt', (join) =>
      join
        .onRef('receipt.id', '=', 'waiting_withdrawal.receipt_id')
        .onRef('receipt.secret_hash', '=', 'waiting_withdrawal.secret_hash'),
    )
    .select('receipt_id')
    .where('receipt.id', 'is', null)
    .execute();
  const sumOf = (numbers: Iterable<number>) => Array.from(numbers).reduce((sum, each) => sum + each, 0);
  const is = {
    entries: await count('entry'),
    receipts: await count('receipt'),
    refusals: await count('refusal'),
    'withdrawals that wait': waiting.length,
  };
  const meant = {
    entries: sumOf(Array.from(ended, ({ entries }) => entries)),
    receipts: sumOf(expected.kiosks.map(({ receipts }) => receipts)),
  };
  return differences('server', is, meant);
}

/** When the play is over: the last evening anywhere. */
export function lastEvening(workload: Workload): Instant {
  const date = dateOf(workload, workload.days - 1);
  const evenings = workload.chain.map(({ shop }) => eveningOf(date, shop.timeZone));
  return Math.max(...evenings) as Instant;
}
