import { HOUR_MS, SECOND_MS } from '#values';
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

/** Runs retention soon after the start and every hour. A run that is late does all that has become due meanwhile; one that takes longer than an hour is not doubled. */
export function scheduleRetention(context: ServerContext): RetentionSchedule {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  function run(): void {
    running ??= runRetention(context, stopping.signal)
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

/** Nothing is lost: the next run begins where this one ended. The message is left out, since it may quote what is stored. */
function tell({ storage }: ServerContext, error: unknown): void {
  if (isStorageTrouble(error)) storage.failed();
  const name = error instanceof Error ? error.name : 'unknown trouble';
  console.error(`Retention did not finish (${name}). It goes on with the next run, within the hour.`);
}
