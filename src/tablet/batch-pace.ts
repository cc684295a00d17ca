import { MAX_BATCH_BYTES } from '#protocol';
import { type Elapsed, SECOND_MS } from '#values';
import { browserElapsed } from './core.ts';
import type { ServerAnswer } from './server-client.ts';

/** Of the time that a request has, a batch of twice the size must leave enough to spare: a link is never the same for long. */
const QUICK_MS = 5 * SECOND_MS;

/** About what the smallest records take: one goes however large it is, and what is halved further takes as long to grow again. */
const MIN_BATCH_BYTES = 1_024;

/** How large batches may be for the link as it is now. */
export interface BatchPace {
  /** One record is sent however large it is. */
  readonly maxBytes: () => number;
  /** Sends a batch of this size, and learns from how it went. */
  readonly send: <Success extends object>(
    bytes: number,
    send: () => Promise<ServerAnswer<Success>>,
  ) => Promise<ServerAnswer<Success>>;
}

/** Halves the batch that a weak link lost, so that a backlog of weeks gets through where a full batch never would; doubles what went quickly. */
export function batchPace(elapsed: Elapsed = browserElapsed): BatchPace {
  let maxBytes = MAX_BATCH_BYTES;
  return {
    maxBytes: () => maxBytes,
    send: async (bytes, send) => {
      const before = elapsed();
      const sent = await send();
      if (!sent.ok && sent.reason === 'unreachable')
        maxBytes = Math.max(MIN_BATCH_BYTES, Math.ceil(Math.min(bytes, maxBytes) / 2));
      if (sent.ok && elapsed() - before <= QUICK_MS) maxBytes = Math.min(maxBytes * 2, MAX_BATCH_BYTES);
      return sent;
    },
  };
}
