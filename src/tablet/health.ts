import type { HealthReport } from '#protocol';
import type { TabletCore } from './core.ts';
import { countWaiting } from './stored-ledger.ts';

export type VisionHealth = NonNullable<HealthReport['vision']>;
export type Problem = NonNullable<HealthReport['problem']>;

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
    state: page.problem === null ? 'ready' : 'resting',
    problem: page.problem,
    version,
    vision: page.vision,
    waiting: await countWaiting(core.database),
    tallies: tallies
      .filter((tally) => !tally.closed)
      .map(({ hour, declined, left }) => ({ hour, declined, left })),
  };
}
