import { type HealthReport, MAX_NAME_IN_HEALTH } from '#protocol';
import type { TabletCore } from './core.ts';
import { countWaiting } from './stored-ledger.ts';

export type VisionHealth = NonNullable<HealthReport['vision']>;
export type Problem = NonNullable<HealthReport['problem']>;

/**
 * Without a grant no camera can be tried, so a kiosk whose camera failed goes on asking; the next yes shows whether it is well again. One that
 * crashed asks too, and the next visit shows whether it comes to its end.
 */
const ASKS_ALL_THE_SAME: ReadonlySet<Problem> = new Set(['camera-failing', 'crashed']);

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
    ...namesToSend(version, page.vision),
    waiting: await countWaiting(core.database),
    tallies: tallies
      .filter((tally) => !tally.closed)
      .map(({ hour, declined, left }) => ({ hour, declined, left })),
  };
}

/** The names that a report tells, as the server takes them: a browser may call its graphics anything, and at any length. */
export function namesToSend(
  version: string,
  vision: VisionHealth | null,
): Pick<HealthReport, 'version' | 'vision'> {
  return {
    version: shortened(version),
    vision: vision === null ? null : { ...vision, renderer: shortened(vision.renderer) },
  };
}

function shortened(name: string): string {
  return name.replaceAll('\u0000', '').slice(0, MAX_NAME_IN_HEALTH).toWellFormed();
}
