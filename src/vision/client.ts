import { type Outcome, SECOND_MS } from '#values';
import type { Ask, Prefer, VisionReport, WatchedFace } from './messages.ts';
import { startVisionWorker, type VisionWorker } from './worker-bridge.ts';

/** Far more than the slowest start measured, of software WebGL that compiles its shaders (7 s): the networks may come over a weak link. */
const WARM_UP_WITHIN_MS = 60 * SECOND_MS;
/**
 * Thirty times the slowest frame measured, on software WebGL (0.5 s): a device may be busy, or fall back to WASM in the middle of a look.
 * The camera's own time limit is 20 s.
 */
const INSPECT_WITHIN_MS = 15 * SECOND_MS;

type WarmUp = Outcome<{ readonly report: VisionReport }, 'vision-unavailable'>;

/** The page's end of the bridge to the worker. Calls are answered in order. */
export interface Vision {
  /** Loads both networks and runs them on blank input, without a camera, so that no visitor waits for it. Does nothing where that is done. */
  readonly warmUp: () => Promise<WarmUp>;
  /** Faces in one frame. The frame is handed over: it is gone from the page, and the worker closes it. */
  readonly inspect: (
    frame: ImageBitmap,
    ask: Ask,
    signal: AbortSignal,
  ) => Promise<Outcome<{ readonly faces: readonly WatchedFace[] }, 'vision-unavailable' | 'aborted'>>;
  /** Ends the worker that has seen frames, with all its memory, and warms up a fresh one for the next look. */
  readonly endLook: () => void;
}

interface VisionOptions {
  readonly prefer: Prefer;
  /** Called with what counts here when that is first known and whenever it changes; null where nothing does. */
  readonly onReport: (report: VisionReport | null) => void;
}

/**
 * Starts no worker before it is needed. A worker serves one look: what a network computed of a face stays in its memory when it is freed,
 * so that nothing short of ending the worker is sure to forget it. Between calls it idles: no loop, no timer.
 */
export function startVision({ prefer, onReport }: VisionOptions): Vision {
  let current: VisionWorker | null = null;
  let warming: Promise<WarmUp> | null = null;
  let hasSeenFrames = false;
  let told: VisionReport | null | undefined;

  function tell(report: VisionReport | null): void {
    const isNews = told === undefined || told?.backend !== report?.backend || told?.reason !== report?.reason;
    told = report;
    if (isNews) onReport(report);
  }

  function drop(): void {
    current?.end();
    current = null;
    warming = null;
    hasSeenFrames = false;
  }

  async function startWarm(): Promise<WarmUp> {
    const worker = startVisionWorker();
    current = worker;
    const answer = await worker.ask({ kind: 'warm-up', prefer }, AbortSignal.timeout(WARM_UP_WITHIN_MS));
    if (answer?.kind === 'warm') {
      if (worker === current) tell(answer.report);
      return { ok: true, report: answer.report };
    }
    // Where it was ended meanwhile, another has taken its place and speaks for itself.
    if (worker === current) {
      drop();
      tell(null);
    }
    return { ok: false, reason: 'vision-unavailable' };
  }

  function warmUp(): Promise<WarmUp> {
    if (current?.isBroken() === true) drop();
    warming ??= startWarm();
    return warming;
  }

  return {
    warmUp,
    inspect: async (frame, ask, signal) => {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(INSPECT_WITHIN_MS)]);
      try {
        const warmed = await unlessAborted(warmUp(), inTime);
        const worker = current;
        if (worker === null || warmed?.ok !== true) return failed(signal);
        hasSeenFrames = true;
        const answer = await worker.ask({ kind: 'inspect', frame, ask }, inTime, [frame]);
        // One that does not answer in time may hold the frame for ever.
        if (answer === null && worker === current) drop();
        if (signal.aborted || answer?.kind !== 'inspected') return failed(signal);
        tell(answer.report);
        return { ok: true, faces: answer.faces };
      } finally {
        // Where it was handed over, this changes nothing.
        frame.close();
      }
    },
    endLook: () => {
      if (hasSeenFrames) drop();
      void warmUp();
    },
  };
}

function failed(signal: AbortSignal) {
  return { ok: false, reason: signal.aborted ? 'aborted' : 'vision-unavailable' } as const;
}

/** What is waited for, or null once the signal says that nobody waits any more. */
async function unlessAborted<Result>(awaited: Promise<Result>, signal: AbortSignal): Promise<Result | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const giveUp = () => resolve(null);
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp);
  try {
    return await Promise.race([awaited, promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
