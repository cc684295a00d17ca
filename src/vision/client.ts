import { type Outcome, SECOND_MS } from '#values';
import type {
  Ask,
  Backend,
  FrameMs,
  Kit,
  Prefer,
  VisionAnswer,
  VisionReport,
  WatchedFace,
} from './messages.ts';
import { startVisionWorker, type VisionWorker } from './worker-bridge.ts';

/** Far more than the slowest start measured, of software WebGL that compiles its shaders (7 s): the networks may come over a weak link. */
const WARM_UP_WITHIN_MS = 60 * SECOND_MS;
/**
 * Thirty times the slowest frame measured, on software WebGL (0.5 s): a device may be busy, or fall back to WASM in the middle of a look.
 * The camera's own time limit is 20 s.
 */
const INSPECT_WITHIN_MS = 15 * SECOND_MS;

/**
 * Software that draws compiles its shaders for 2 to 7 s, a slow graphics chip not much less; meanwhile WASM counts. One that takes longer
 * would keep the next visitor waiting after each look.
 */
const WEBGL_WARM_WITHIN_MS = 20 * SECOND_MS;

type WarmUp = Outcome<object, 'vision-unavailable'>;

/** What counts here, and why. */
type Choice = Pick<VisionReport, 'backend' | 'reason'>;
/** WASM is warm within a second everywhere, so it counts until WebGL has been timed beside it. */
const UNTIL_TIMED: Choice = { backend: 'wasm', reason: 'not-timed-yet' };

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
 * so that nothing short of ending the worker is sure to forget it. Between calls it idles: no loop, no timer. Which backend is faster is
 * measured once, by a second worker and without a camera, and kept for all later ones.
 */
export function startVision({ prefer, onReport }: VisionOptions): Vision {
  const atFirst: Choice = prefer === 'auto' ? UNTIL_TIMED : { backend: prefer, reason: 'chosen-by-setting' };
  let choice = atFirst;
  let frameMs: FrameMs = { webgl: null, wasm: null };
  let renderer = 'none';
  let kit: Kit | null = null;
  let current: VisionWorker | null = null;
  let warming: Promise<WarmUp> | null = null;
  /** The one that is being timed. It never sees a frame while it is. */
  let rival: VisionWorker | null = null;
  let hasSeenFrames = false;
  let told: VisionReport | null | undefined;

  function tell(report: VisionReport | null): void {
    const isNews = told === undefined || told?.backend !== report?.backend || told?.reason !== report?.reason;
    told = report;
    if (isNews) onReport(report);
  }

  function tellChoice(): void {
    tell({ ...choice, renderer, frameMs });
  }

  function drop(): void {
    current?.end();
    current = null;
    warming = null;
    hasSeenFrames = false;
  }

  function dropRival(): void {
    rival?.end();
    rival = null;
  }

  function warm(worker: VisionWorker, backend: Backend, withinMs: number): Promise<VisionAnswer | null> {
    const isTimed = choice === UNTIL_TIMED && frameMs[backend] === null;
    return worker.ask({ kind: 'warm-up', backend, isTimed, kit }, AbortSignal.timeout(withinMs));
  }

  function note(backend: Backend, answer: Extract<VisionAnswer, { kind: 'warm' }>): void {
    kit = answer.kit;
    renderer = kit.renderer;
    if (answer.frameMs !== null) frameMs = { ...frameMs, [backend]: Math.round(answer.frameMs) };
  }

  async function startWarm(): Promise<WarmUp> {
    const worker = startVisionWorker();
    current = worker;
    const { backend } = choice;
    const answer = await warm(worker, backend, WARM_UP_WITHIN_MS);
    if (answer?.kind === 'warm') {
      if (worker !== current) return { ok: true };
      note(backend, answer);
      tellChoice();
      if (choice === UNTIL_TIMED) void timeWebgl();
      return { ok: true };
    }
    // Where it was ended meanwhile, another has taken its place and speaks for itself.
    if (worker !== current) return { ok: false, reason: 'vision-unavailable' };
    drop();
    const isFirstChoice = choice.reason !== 'no-webgl' && choice.reason !== 'no-wasm';
    if (answer !== null && isFirstChoice) {
      choice =
        backend === 'webgl'
          ? { backend: 'wasm', reason: 'no-webgl' }
          : { backend: 'webgl', reason: 'no-wasm' };
      return warmUp();
    }
    choice = atFirst;
    tell(null);
    return { ok: false, reason: 'vision-unavailable' };
  }

  /** Times WebGL against WASM, which counts already, and leaves the faster one in its place. */
  async function timeWebgl(): Promise<void> {
    const worker = startVisionWorker();
    rival = worker;
    const answer = await warm(worker, 'webgl', WEBGL_WARM_WITHIN_MS);
    // A look came first, and had the tablet for itself. After it this begins anew.
    if (rival !== worker) return;
    rival = null;
    if (answer?.kind === 'warm') note('webgl', answer);
    const { webgl, wasm } = frameMs;
    if (webgl !== null && wasm !== null && webgl < wasm) {
      choice = { backend: 'webgl', reason: 'webgl-faster' };
      drop();
      current = worker;
      warming = Promise.resolve({ ok: true });
    } else {
      worker.end();
      const isThere = answer?.kind !== 'failed';
      const reason = webgl !== null ? 'wasm-faster' : isThere ? 'webgl-too-slow' : 'no-webgl';
      choice = { backend: 'wasm', reason };
    }
    tellChoice();
  }

  function warmUp(): Promise<WarmUp> {
    if (current?.isBroken() === true) drop();
    warming ??= startWarm();
    return warming;
  }

  return {
    warmUp,
    inspect: async (frame, ask, signal) => {
      dropRival();
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
        if (answer.isFallback) tell({ backend: 'wasm', reason: 'context-lost', renderer, frameMs });
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
