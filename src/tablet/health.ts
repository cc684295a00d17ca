import type { HealthReport } from '#protocol';
import type { TabletCore } from './core.ts';
import { countWaiting } from './stored-ledger.ts';

export type VisionHealth = NonNullable<HealthReport['vision']>;
export type Problem = NonNullable<HealthReport['problem']>;

/** Without a grant no camera can be tried, so a kiosk whose camera failed goes on asking; the next yes shows whether it is well again. */
const ASKS_ALL_THE_SAME: ReadonlySet<Problem> = new Set(['camera-failing']);

/** What only the running page knows of itself. */
export interface PageHealth {
  readonly vision: VisionHealth | null;
  readonly problem: Problem | null;
}

/** The anonymous report that tells staff whether the kiosk is well, and the tallies that are still open. */
export async function healthReport(
  core: TabletCore,
  page: PageHealth,
  version: string,
): Promise<HealthReport> {
  const tallies = await core.database.getAll('tallies');
  return {
    state: page.problem === null || ASKS_ALL_THE_SAME.has(page.problem) ? 'ready' : 'resting',
    problem: page.problem,
    version,
    vision: page.vision,
    waiting: await countWaiting(core.database),
    tallies: tallies
      .filter((tally) => !tally.closed)
      .map(({ hour, declined, left }) => ({ hour, declined, left })),
  };
}
