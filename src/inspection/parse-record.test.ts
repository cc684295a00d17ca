import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLine } from './parse-line.ts';
import { type ParsedRecord, parseRecord } from './parse-record.ts';
import { linesOf } from './testing/files.ts';
import { LedgerMaker } from './testing/ledger-maker.ts';
import { playAll } from './testing/play-visits.ts';

const lines = await linesOf((await playAll(await LedgerMaker.begun(5), 12)).exported());
const text = new TextDecoder();
const bytesOf = (line: string) => new TextEncoder().encode(line);

/** A line read quickly, with its receipt in its place again. */
function wholeOf({ line, receipt }: ParsedRecord) {
  return receipt === null ? line : { ...line, body: { ...line.body, receipt: text.decode(receipt) } };
}

describe('a record read quickly', () => {
  it('says what parsing it says, and knows where its entry begins', () => {
    let read = 0;
    let receipts = 0;
    for (const line of lines) {
      const quick = parseRecord(bytesOf(line));
      if (quick === null) continue;
      read += 1;
      if (quick.receipt !== null) receipts += 1;
      expect(parseLine(bytesOf(line))).toEqual({ ok: true, line: wholeOf(quick) });
      expect(quick.entryBytes).toBe(JSON.stringify(quick.line.entry).length);
    }
    expect(read).toBeGreaterThan(36);
    expect(receipts).toBe(lines.filter((line) => line.includes('"kind":"receipt-issued"')).length);
  });

  it('is never read where parsing refuses it, but for what stands within its receipt', () => {
    const visits = lines.filter((line) => parseRecord(bytesOf(line)) !== null);
    let seen = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...visits),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        // Half of all changes are to the few characters around a receipt.
        fc.boolean(),
        fc.integer({ min: 0, max: 255 }),
        (line, where, isAtEdge, byte) => {
          const bytes = bytesOf(line);
          const span = isAtEdge ? Math.min(bytes.length, 700) : bytes.length;
          const from = bytes.length - Math.floor(where * span) - 1;
          bytes[isAtEdge && where > 0.8 ? Math.floor(where * 100) : from] = byte;
          const quick = parseRecord(bytes);
          if (quick === null) return;
          const parsed = parseLine(bytes);
          if (parsed.ok) expect(wholeOf(quick)).toEqual(parsed.line);
          else expect(text.decode(quick.receipt ?? bytes)).not.toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
          seen += 1;
        },
      ),
      { numRuns: 3_000 },
    );
    expect(seen).toBeGreaterThan(5);
  });
});
