import { MAX_LINE_BYTES } from './limits.ts';

/** What a file comes as: `File.stream()` in a browser, a read stream on the command line. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export type Piece =
  /** Whole lines in memory of their own, one after another, and where each ends, its line break among its bytes. */
  | { readonly kind: 'lines'; readonly bytes: Uint8Array<ArrayBuffer>; readonly ends: readonly number[] }
  | { readonly kind: 'too-long' }
  /** The file ends without a line break. */
  | { readonly kind: 'unfinished' };

const LINE_FEED = 0x0a;

/**
 * Cuts a file into whole lines, as many at a time as a chunk holds. Never keeps more than one line and one chunk, and stops at a line that is
 * too long, so that no file can exhaust the memory.
 */
export async function* splitLines(chunks: Chunks): AsyncGenerator<Piece> {
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  for await (const chunk of chunks) {
    const { ends, isTooLong } = endsOfLines(chunk, begunBytes);
    const used = (ends.at(-1) ?? begunBytes) - begunBytes;
    if (ends.length > 0) {
      yield { kind: 'lines', bytes: joined(begun, begunBytes, chunk.subarray(0, used)), ends };
      begun = [];
      begunBytes = 0;
    }
    if (isTooLong) {
      yield { kind: 'too-long' };
      return;
    }
    if (used < chunk.length) {
      // A copy: whoever gives the chunks may use their memory again.
      begun.push(chunk.slice(used));
      begunBytes += chunk.length - used;
    }
  }
  if (begunBytes > 0) yield { kind: 'unfinished' };
}

/** Where the lines of a chunk end, counted from the bytes that were there before it, up to one that is too long. */
function endsOfLines(
  chunk: Uint8Array,
  before: number,
): { readonly ends: readonly number[]; readonly isTooLong: boolean } {
  const ends: number[] = [];
  let begin = 0;
  for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) {
    const end = before + at + 1;
    if (end - begin > MAX_LINE_BYTES) return { ends, isTooLong: true };
    ends.push(end);
    begin = end;
  }
  return { ends, isTooLong: before + chunk.length - begin > MAX_LINE_BYTES };
}

function joined(begun: readonly Uint8Array[], begunBytes: number, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(begunBytes + rest.length);
  let at = 0;
  for (const part of [...begun, rest]) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
