/** Checks a file beside the page, so that the page stays smooth. Reads it piece by piece and sends nothing anywhere. */
import { checkLedger, portableChecking } from '#inspection';
import type { CheckMessage, CheckRequest } from './messages.ts';

addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => void check(data.file));

async function check(file: File): Promise<void> {
  try {
    const outcome = await checkLedger(piecesOf(file), portableChecking, ({ bytes }) =>
      tell({ type: 'progress', bytes }),
    );
    tell({ type: 'outcome', outcome });
  } catch {
    tell({ type: 'failed' });
  }
}

/** Not every browser lets one loop over a stream. */
async function* piecesOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

function tell(message: CheckMessage): void {
  postMessage(message);
}
