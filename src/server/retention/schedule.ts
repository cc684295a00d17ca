import { DAY_MS, HOUR_MS, type Instant, SECOND_MS, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import { isStorageTrouble } from '../database/storage-trouble.ts';
import { runRetention } from './run-retention.ts';

const EVERY_MS = HOUR_MS;
/** A server that starts answers first: tablets may have waited for it. */
const FIRST_AFTER_MS = 3 * SECOND_MS;

export interface RetentionSchedule {
  /** Ends after the batch that is being worked on. */
  readonly stop: () => Promise<void>;
}

/** Runs retention soon after the start and every hour, unless the clock may be wrong. A run that is late does all that has become due meanwhile; one that takes longer than an hour is not doubled. */
export function scheduleRetention(context: ServerContext): RetentionSchedule {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  function run(): void {
    running ??= runIfClockIsBelieved(context, stopping.signal)
      .catch((error: unknown) => tell(context, error))
      .finally(() => {
        running = null;
      });
  }

  const first = setTimeout(run, FIRST_AFTER_MS).unref();
  const timer = setInterval(run, EVERY_MS).unref();
  return {
    stop: async () => {
      clearTimeout(first);
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}

async function runIfClockIsBelieved(context: ServerContext, signal: AbortSignal): Promise<void> {
  const knownAt = await context.clock.check();
  if (knownAt === null) await runRetention(context, signal);
  else tellDoubt(context.now(), knownAt);
}

function tellDoubt(now: Instant, knownAt: Instant): void {
  const days = Math.floor((now - knownAt) / DAY_MS);
  console.error(
    `Retention waits and deletes nothing: this machine's clock says ${toIso(now)}, ${days} days after this server last worked (${toIso(knownAt)}). ` +
      'If the clock is wrong, set it right and restart the server. ' +
      "If it is right and the server was off for so long, say so with today's date: npm run admin -- confirm-clock YYYY-MM-DD",
  );
}

/** Nothing is lost: the next run begins where this one ended. The message is left out, since it may quote what is stored. */
function tell({ storage }: ServerContext, error: unknown): void {
  if (isStorageTrouble(error)) storage.failed();
  const name = error instanceof Error ? error.name : 'unknown trouble';
  console.error(`Retention did not finish (${name}). It goes on with the next run, within the hour.`);
}
