import type { Numbered, VisionAnswer, VisionRequest } from './messages.ts';

/** One worker, from its start to its end. */
export interface VisionWorker {
  /** Its answer; null where the signal came first, or it broke or was ended: then there will be none. */
  readonly ask: (
    request: VisionRequest,
    signal: AbortSignal,
    transfer?: Transferable[],
  ) => Promise<VisionAnswer | null>;
  readonly isBroken: () => boolean;
  /** Ends it at once, whatever it is at, and all that it holds. */
  readonly end: () => void;
}

export function startVisionWorker(): VisionWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (answer: VisionAnswer | null) => void>();
  let nextId = 0;
  let isOver = false;

  worker.onmessage = ({ data }: MessageEvent<Numbered<VisionAnswer>>) => waiting.get(data.id)?.(data.message);
  worker.onerror = end;

  function end(): void {
    isOver = true;
    worker.terminate();
    for (const answer of waiting.values()) answer(null);
  }

  return {
    isBroken: () => isOver,
    end,
    ask: async (request, signal, transfer = []) => {
      if (isOver || signal.aborted) return null;
      const id = nextId;
      nextId += 1;
      const { promise, resolve } = Promise.withResolvers<VisionAnswer | null>();
      const giveUp = () => resolve(null);
      waiting.set(id, resolve);
      signal.addEventListener('abort', giveUp);
      try {
        worker.postMessage({ id, message: request } satisfies Numbered<VisionRequest>, transfer);
        return await promise;
      } finally {
        waiting.delete(id);
        signal.removeEventListener('abort', giveUp);
      }
    },
  };
}
