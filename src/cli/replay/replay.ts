import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { DAY_MS, HOUR_MS, instant, SECOND_MS, toIso } from '#values';
import { addDays } from './calendar.ts';
import { unknownShop } from './chain.ts';
import {
  compareCells,
  compareHours,
  compareInspections,
  compareLedger,
  compareTables,
  lastEvening,
  type Mismatches,
} from './compare.ts';
import { Crew } from './crew.ts';
import { type Expected, expectedOf } from './expected.ts';
import type { ReplayOptions } from './options.ts';
import { noticesToCome, type OwnServer, startOwnServer } from './own-server.ts';
import { type Output, playProgress } from './play-progress.ts';
import { firstMorning, roundsOf } from './rounds.ts';
import type { EndedKiosk } from './team.ts';
import { ReplayTrouble } from './trouble.ts';
import { isTooBusy, type KioskPlan, MOST_VISITS_AN_HOUR, planWorkload, type Workload } from './workload.ts';

export interface ReplayResult {
  readonly workload: Workload;
  readonly expected: Expected;
  readonly ended: readonly EndedKiosk[];
  readonly entries: number;
  readonly playSeconds: number;
  readonly checkSeconds: number;
  /** False where the server is somebody else's, whose tables nobody but its operator sees. */
  readonly isServerCompared: boolean;
  /** What is not as it was meant; empty where all is. */
  readonly mismatches: Mismatches;
}

interface Stage {
  readonly crew: Crew;
  readonly workload: Workload;
  /** Null where the server is somebody else's. */
  readonly server: OwnServer | null;
}

/** Plays the workload through the real API, writes each kiosk's ledger to its file, and compares what came of it with what was meant. */
export async function replay(options: ReplayOptions, output: Output): Promise<ReplayResult> {
  await makeFolder(options.exportDir);
  const crew = new Crew(Math.min(availableParallelism(), options.kiosks));
  try {
    const stage =
      options.url === null ? await onOwnServer(crew, options) : await elsewhere(crew, options, options.url);
    try {
      const begun = performance.now();
      const ended = await play(stage, output);
      const played = performance.now();
      const expected = expectedOf(stage.workload);
      const mismatches = await compare(stage, expected, ended);
      return {
        workload: stage.workload,
        expected,
        ended: [...ended.values()],
        entries: [...ended.values()].reduce((sum, { entries }) => sum + entries, 0),
        playSeconds: (played - begun) / SECOND_MS,
        checkSeconds: (performance.now() - played) / SECOND_MS,
        isServerCompared: stage.server !== null,
        mismatches,
      };
    } finally {
      await stage.server?.close();
    }
  } finally {
    await crew.end();
  }
}

async function onOwnServer(crew: Crew, options: ReplayOptions): Promise<Stage> {
  const { visits, kiosks, shops, days, seed, exportDir } = options;
  const workload = planWorkload({ visits, kiosks, shops: shops ?? 1, days, seed });
  refuseCrowds(workload);
  const begin = firstMorning(workload);
  const server = await startOwnServer(workload.chain, begin);
  try {
    const notices = await noticesToCome(workload.chain, workload.noticeChangeDay !== null);
    const made = instant(lastEvening(workload) + HOUR_MS);
    await Promise.all(
      workload.kioskPlans.map(async ({ index, shop }) => {
        const code = await server.pairingCode(shop.shop.id);
        await crew.ask(index, 'pair', {
          kiosk: index,
          url: server.url,
          code,
          now: begin,
          isElsewhere: false,
        });
        const shown = notices.filter(({ shopId }) => shopId === shop.shop.id);
        await crew.ask(index, 'begin', {
          kiosk: index,
          workload,
          folder: exportDir,
          made,
          now: begin,
          notices: shown,
        });
      }),
    );
    return { crew, workload, server };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** On a server that runs already: its shops, its clock, and days that have just gone by. */
async function elsewhere(crew: Crew, options: ReplayOptions, url: string): Promise<Stage> {
  const { visits, kiosks, days, seed, exportDir, codes } = options;
  const now = instant(Date.now());
  const shopOfKiosk: ReturnType<typeof unknownShop>[] = [];
  const known = new Map<string, ReturnType<typeof unknownShop>>();
  for (let kiosk = 0; kiosk < kiosks; kiosk += 1) {
    const code = codes?.[kiosk] ?? null;
    const { controller, shop } = await crew.ask(kiosk, 'pair', { kiosk, url, code, now, isElsewhere: true });
    const plan = known.get(shop.id) ?? unknownShop(controller, shop);
    known.set(shop.id, plan);
    shopOfKiosk.push(plan);
  }
  if (options.shops !== null && options.shops !== known.size) {
    throw new ReplayTrouble(
      `That server let the kiosks into ${known.size} of its shops, not ${options.shops}.`,
    );
  }
  const firstDate = addDays(toIso(instant(now - DAY_MS)).slice(0, 'YYYY-MM-DD'.length), -days);
  const size = { visits, kiosks, shops: known.size, days, seed };
  const workload = { ...planWorkload(size, firstDate, shopOfKiosk), noticeChangeDay: null };
  refuseCrowds(workload);
  const begin = firstMorning(workload);
  const beginAll = workload.kioskPlans.map(({ index }) =>
    crew.ask(index, 'begin', {
      kiosk: index,
      workload,
      folder: exportDir,
      made: now,
      now: begin,
      notices: null,
    }),
  );
  await Promise.all(beginAll);
  return { crew, workload, server: null };
}

/** Day after day, shop after shop as its evening comes; the kiosks of one evening side by side. */
async function play({ crew, workload, server }: Stage, output: Output): Promise<Map<KioskPlan, EndedKiosk>> {
  const progress = playProgress(output, workload.visits);
  let visits = 0;
  for (const { now, day, kiosks } of roundsOf(workload)) {
    server?.turnClock(now);
    if (server !== null && day === workload.noticeChangeDay) {
      for (const shop of new Set(kiosks.map((kiosk) => kiosk.shop))) await server.changeNotice(shop);
    }
    const isLast = day === workload.days - 1;
    const evenings = kiosks.map(async ({ index }) => {
      const ofKiosk = await crew.ask(index, 'evening', { kiosk: index, day, now, isLast });
      visits += ofKiosk;
      progress.show(visits);
    });
    await Promise.all(evenings);
  }
  const ended = workload.kioskPlans.map(
    async (plan) => [plan, await crew.ask(plan.index, 'end', { kiosk: plan.index })] as const,
  );
  const all = new Map(await Promise.all(ended));
  progress.end();
  return all;
}

async function compare(
  { crew, workload, server }: Stage,
  expected: Expected,
  ended: ReadonlyMap<KioskPlan, EndedKiosk>,
): Promise<Mismatches> {
  const found: string[] = [];
  const ledgers = [...ended].map(async ([{ index }, { file }]) => {
    const meant = expected.kiosks[index];
    if (meant === undefined) throw new RangeError('A kiosk that nobody planned.');
    return compareLedger(file, await crew.ask(index, 'check', { file }), meant);
  });
  for (const ledger of await Promise.all(ledgers)) found.push(...ledger);
  if (server === null) return found;
  found.push(...(await compareCells(server, workload, expected, ended)));
  found.push(...(await compareInspections(server, workload, expected)));
  found.push(...(await compareHours(server, workload, expected)));
  found.push(...(await compareTables(server, expected, ended.values())));
  return found;
}

function refuseCrowds(workload: Workload): void {
  if (isTooBusy(workload)) {
    throw new ReplayTrouble(
      `More than ${MOST_VISITS_AN_HOUR} people an hour would come to one kiosk: take more kiosks, more days or fewer visits.`,
    );
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new ReplayTrouble(`The folder ${folder} cannot be made.`, { cause: error });
  }
}
