import { MAX_LINE_BYTES } from './limits.ts';

/** What a file comes as: `File.stream()` in a browser, a read stream on the command line. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export type RawLine =
  /** The line's bytes, its line break among them. */
  | { readonly kind: 'line'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-long' }
  /** The file ends without a line break. */
  | { readonly kind: 'unfinished' };

const LINE_FEED = 0x0a;

/**
 * Cuts a file into its lines, as many at a time as a chunk holds. Never keeps more than one line and one chunk, and stops at a line that is
 * too long, so that no file can exhaust the memory.
 */
export async function* splitLines(chunks: Chunks): AsyncGenerator<readonly RawLine[]> {
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  for await (const chunk of chunks) {
    const lines: RawLine[] = [];
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      const bytes = joined(begun, begunBytes, chunk.subarray(from, at + 1));
      from = at + 1;
      begun = [];
      begunBytes = 0;
      if (bytes.length > MAX_LINE_BYTES) {
        yield [...lines, { kind: 'too-long' }];
        return;
      }
      lines.push({ kind: 'line', bytes });
    }
    if (from < chunk.length) {
      // A copy: whoever gives the chunks may use their memory again.
      begun.push(chunk.slice(from));
      begunBytes += chunk.length - from;
    }
    if (begunBytes > MAX_LINE_BYTES) {
      yield [...lines, { kind: 'too-long' }];
      return;
    }
    if (lines.length > 0) yield lines;
  }
  if (begunBytes > 0) yield [{ kind: 'unfinished' }];
}

function joined(begun: readonly Uint8Array[], begunBytes: number, rest: Uint8Array): Uint8Array {
  if (begun.length === 0) return rest;
  const whole = new Uint8Array(begunBytes + rest.length);
  let at = 0;
  for (const part of [...begun, rest]) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
