import type { Outcome } from '#values';
import type {
  Numbered,
  Prefer,
  SeenFace,
  VisionAnswer,
  VisionReport,
  VisionRequest,
  WipeReport,
} from './messages.ts';

/** The page's end of the bridge to the worker. Calls are answered in order. */
export interface Vision {
  /** Loads both networks and runs them on blank input, without a camera, so that no visitor waits for it. */
  readonly warmUp: () => Promise<Outcome<{ readonly report: VisionReport }, 'vision-unavailable'>>;
  /** Faces in one frame. The frame is handed over: it is gone from the page, and the worker closes it. */
  readonly inspect: (
    frame: ImageBitmap,
    ask: { readonly demographicsOf: number },
    signal: AbortSignal,
  ) => Promise<Outcome<{ readonly faces: readonly SeenFace[] }, 'vision-unavailable' | 'aborted'>>;
  /** Frees and clears everything of the last look. */
  readonly wipe: () => Promise<Outcome<{ readonly left: WipeReport }, 'vision-unavailable'>>;
}

interface VisionOptions {
  readonly prefer: Prefer;
  /** Called when the backend changes by itself, as after a lost graphics context. */
  readonly onReport: (report: VisionReport) => void;
}

/** Starts the worker. It idles between calls: no loop, no timer. */
export function startVision({ prefer, onReport }: VisionOptions): Vision {
  const waiting = new Map<number, (answer: VisionAnswer) => void>();
  let nextId = 0;
  let backend: VisionReport['backend'] | null = null;
  let worker: Worker | null = null;

  function startWorker(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({ data }: MessageEvent<Numbered<VisionAnswer>>) => {
      waiting.get(data.id)?.(data.message);
      waiting.delete(data.id);
    };
    // What was asked of a worker that broke has failed; the next call starts a new one, and warms it up.
    started.onerror = () => {
      started.terminate();
      worker = null;
      backend = null;
      for (const answer of waiting.values()) answer({ kind: 'failed' });
      waiting.clear();
    };
    return started;
  }

  function call(message: VisionRequest, transfer: Transferable[] = []): Promise<VisionAnswer> {
    const id = nextId;
    nextId += 1;
    worker ??= startWorker();
    const asked = worker;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      asked.postMessage({ id, message } satisfies Numbered<VisionRequest>, transfer);
    });
  }

  function note(report: VisionReport): void {
    if (backend !== null && backend !== report.backend) onReport(report);
    backend = report.backend;
  }

  async function warmUp() {
    const answer = await call({ kind: 'warm-up', prefer });
    if (answer.kind !== 'warm') return { ok: false, reason: 'vision-unavailable' } as const;
    note(answer.report);
    return { ok: true, report: answer.report } as const;
  }

  return {
    warmUp,
    inspect: async (frame, { demographicsOf }, signal) => {
      if (signal.aborted || (backend === null && !(await warmUp()).ok)) {
        frame.close();
        return { ok: false, reason: signal.aborted ? 'aborted' : 'vision-unavailable' };
      }
      const answer = await call({ kind: 'inspect', frame, demographicsOf }, [frame]);
      if (signal.aborted) return { ok: false, reason: 'aborted' };
      if (answer.kind !== 'inspected') return { ok: false, reason: 'vision-unavailable' };
      note(answer.report);
      return { ok: true, faces: answer.faces };
    },
    wipe: async () => {
      const answer = await call({ kind: 'wipe' });
      return answer.kind === 'wiped'
        ? { ok: true, left: answer.left }
        : { ok: false, reason: 'vision-unavailable' };
    },
  };
}
