import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES } from './limits.ts';
import { type Piece, splitLines } from './split-lines.ts';

const utf8 = new TextEncoder();
const text = new TextDecoder();

function linesIn(piece: Piece): string[] {
  if (piece.kind !== 'lines') return [piece.kind];
  return piece.ends.map((end, index) => text.decode(piece.bytes.subarray(piece.ends[index - 1] ?? 0, end)));
}

async function split(chunks: Iterable<Uint8Array>): Promise<string[]> {
  return (await Array.fromAsync(splitLines(chunks))).flatMap(linesIn);
}

describe('lines', () => {
  it('are the same wherever the file is cut into chunks', async () => {
    const cuts = fc.array(fc.nat(60));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), cuts, async (lines, at) => {
        const whole = utf8.encode(lines.map((line) => `${line.replaceAll('\n', '')}\n`).join(''));
        const ends = [...new Set(at)].sort((a, b) => a - b);
        const chunks = [0, ...ends].map((from, index) => whole.slice(from, ends[index] ?? whole.length));
        expect(await split(chunks)).toEqual(await split([whole]));
      }),
    );
  });

  it('may come in chunks whose memory is used again', async () => {
    const chunk = new Uint8Array(4);
    function* reused() {
      for (const part of ['ab\nc', 'de\nf', 'gh\n\n']) {
        utf8.encodeInto(part, chunk);
        yield chunk;
      }
    }
    const lines: string[] = [];
    for await (const piece of splitLines(reused())) lines.push(...linesIn(piece));
    expect(lines).toEqual(['ab\n', 'cde\n', 'fgh\n', '\n']);
  });

  it('say when the last one is not finished', async () => {
    expect(await split([utf8.encode('a\nb')])).toEqual(['a\n', 'unfinished']);
  });

  it('end at one that is too long, within one chunk or over many', async () => {
    const long = new Uint8Array(MAX_LINE_BYTES + 1).fill(0x61);
    expect(await split([utf8.encode('a\n'), long, utf8.encode('\nb\n')])).toEqual(['a\n', 'too-long']);
    expect(await split([utf8.encode(`a\n${'b'.repeat(MAX_LINE_BYTES + 1)}\nc\n`)])).toEqual([
      'a\n',
      'too-long',
    ]);
  });

  it('of a hundred megabytes are not read to their end', async () => {
    let given = 0;
    function* endless() {
      for (; given < 100; given += 1) yield new Uint8Array(1024 * 1024).fill(0x20);
    }
    expect(await split(endless())).toEqual(['too-long']);
    expect(given).toBeLessThan(4);
  });
});
