import type { CheckOutcome } from '#inspection';
import type { CheckMessage, CheckRequest } from './messages.ts';

/** Checks a file in a worker of its own, which is ended with it. Null where the file could not be read to its end, or it was stopped. */
export function checkFile(
  file: File,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<CheckOutcome | null> {
  const { promise, resolve } = Promise.withResolvers<CheckOutcome | null>();
  const worker = new Worker(new URL('./check-file.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<CheckMessage>) => {
    if (data.type === 'progress') onProgress(data.bytes);
    else resolve(data.type === 'outcome' ? data.outcome : null);
  });
  worker.addEventListener('error', () => resolve(null));
  signal.addEventListener('abort', () => resolve(null));
  worker.postMessage({ file } satisfies CheckRequest);
  return promise.finally(() => worker.terminate());
}
