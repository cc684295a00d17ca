import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_KINDS, type EntryKind } from '#ledger';
import { canonicalJson, DAY_MS, isCanonicalJson, type Json, parseJson } from '#values';
import { ledgerRecordSchema } from './ledger.ts';
import { readRecordText } from './record-text.ts';
import { anyRecord, recordOf } from './testing/any-record.ts';

const VISIT: readonly EntryKind[] = ['receipt-issued', 'look-opened', 'look-closed', 'contribution-recorded'];

const textsOf = ({ entry, body }: { readonly entry: unknown; readonly body: unknown }) => ({
  entry: canonicalJson(entry as Json),
  body: canonicalJson(body as Json),
});

/** What parsing, the schema and writing it anew make of the same texts. */
function inFull(entry: string, body: string) {
  const values = [parseJson(entry), parseJson(body)] as const;
  if (values.includes(undefined)) return null;
  const [first, second] = values as readonly [Json, Json];
  const isCanonical = isCanonicalJson(entry, first) && isCanonicalJson(body, second);
  const parsed = ledgerRecordSchema.safeParse({ entry: first, body: second });
  return isCanonical && parsed.success ? parsed.data : null;
}

describe('the canonical text of a record', () => {
  it.each(VISIT)('of kind %s says what parsing it says', (kind) => {
    fc.assert(
      fc.property(recordOf(kind), (record) => {
        const { entry, body } = textsOf(record);
        expect(readRecordText(entry, body)).toEqual(record);
      }),
    );
  });

  it.each(ENTRY_KINDS.filter((kind) => !VISIT.includes(kind)))(
    'of kind %s is left to the schemas',
    (kind) => {
      fc.assert(
        fc.property(recordOf(kind), (record) => {
          const { entry, body } = textsOf(record);
          expect(readRecordText(entry, body)).toBeNull();
        }),
        { numRuns: 10 },
      );
    },
  );

  it.each([
    ['has no three parts', '.-.-.-'],
    ['is longer than any', `${'a'.repeat(32_000)}.b.${'c'.repeat(800)}`],
  ])('is not read where its receipt %s', (_, receipt) => {
    fc.assert(
      fc.property(recordOf('receipt-issued'), ({ entry, body }) => {
        const texts = textsOf({ entry, body: { ...(body as object), receipt } });
        expect(inFull(texts.entry, texts.body)).toBeNull();
        expect(readRecordText(texts.entry, texts.body)).toBeNull();
      }),
      { numRuns: 10 },
    );
  });

  it('is never read where the schema refuses it, whatever somebody changed', () => {
    const pieces = fc.constantFrom(
      '',
      'a',
      '0',
      '-',
      '1e3',
      '"',
      '\\',
      ',',
      ' ',
      'é',
      '\u0000',
      '[]',
      'null',
      '.',
      'A"',
      '2',
    );
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof(anyRecord, ...VISIT.map(recordOf)),
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.nat(3),
        pieces,
        (record, isEntry, where, length, piece) => {
          const texts = textsOf(record);
          const text = isEntry ? texts.entry : texts.body;
          const at = Math.floor(where * text.length);
          const changed = text.slice(0, at) + piece + text.slice(at + length);
          const [entry, body] = isEntry ? [changed, texts.body] : [texts.entry, changed];
          const quick = readRecordText(entry, body);
          if (quick === null) return;
          read += 1;
          expect(quick).toEqual(inFull(entry, body));
        },
      ),
      { numRuns: 5_000 },
    );
    // Some changes make another honest record, or this test would see nothing.
    expect(read).toBeGreaterThan(10);
  });

  it('of a look longer than a day is left to the schemas, which refuse it', () => {
    const [record] = fc.sample(recordOf('look-closed'), { numRuns: 1, seed: 7 });
    const { entry, body } = textsOf(record!);
    const open = (openMs: number) => body.replace(/"openMs":(null|\d+)/, `"openMs":${openMs}`);
    expect(readRecordText(entry, open(DAY_MS))).toEqual(inFull(entry, open(DAY_MS)));
    expect(readRecordText(entry, open(DAY_MS))).not.toBeNull();
    expect(readRecordText(entry, open(DAY_MS + 1))).toBeNull();
    expect(inFull(entry, open(DAY_MS + 1))).toBeNull();
  });

  it('is not read with a time that no calendar has, or with somebody in one look twice', () => {
    const [record] = fc.sample(recordOf('look-opened'), { numRuns: 1, seed: 7 });
    const { entry, body } = textsOf(record!);
    const id = 'A'.repeat(22);
    expect(readRecordText(entry.replace(/"time":"\d{4}-\d\d-\d\d/, '"time":"2026-02-31'), body)).toBeNull();
    const twice = body.replace(/"receiptIds":\[[^\]]+\]/, `"receiptIds":["${id}","${id}"]`);
    expect(readRecordText(entry, twice)).toBeNull();
    expect(readRecordText(entry, twice.replace(`,"${id}"`, ''))).not.toBeNull();
  });
});
