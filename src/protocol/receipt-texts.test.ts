import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeReceipt, type ReceiptFacts } from '#consent';
import { facts } from '#consent/testing';
import {
  canonicalJson,
  instant,
  type Json,
  type JsonObject,
  parseCanonicalJson,
  type ReceiptId,
} from '#values';
import { readClosedReceipt } from './receipt-form.ts';
import { receiptTextReader } from './receipt-texts.ts';

const textOf = (changes: Partial<ReceiptFacts> = {}) => {
  const receiptId = changes.receiptId ?? facts.receiptId;
  const receiptUrl = `http://localhost:8080/r/${receiptId}`;
  return canonicalJson(makeReceipt({ ...facts, receiptUrl, ...changes }) as unknown as Json);
};
const inFull = (text: string) => readClosedReceipt(parseCanonicalJson(text));
const OTHER_ID = 'CCCCCCCCCCCCCCCCCCCCCC' as ReceiptId;

/** A reader that has read receipts of this shop before. */
function readerWithPatterns() {
  const read = receiptTextReader();
  for (const changes of [{}, { purposes: ['count', 'demographics'] }, { givenBy: 'guardian' }] as const) {
    expect(read(textOf(changes))).not.toBeNull();
  }
  return read;
}

describe('reading many receipts', () => {
  it('says of each what reading it alone says', () => {
    const read = readerWithPatterns();
    fc.assert(
      fc.property(
        fc.record({
          receiptId: fc.stringMatching(/^[A-Za-z0-9_-]{22}$/) as fc.Arbitrary<ReceiptId>,
          time: fc.integer({ min: 0, max: 4_000_000_000_000 }).map(instant),
          purposes: fc.constantFrom(['count'] as const, ['count', 'demographics'] as const),
          givenBy: fc.constantFrom('visitor' as const, 'guardian' as const),
          buttonLabel: fc.constantFrom('Yes, count me', '好，计入我', 'a\\"b\n'),
        }),
        (changes) => {
          const text = textOf(changes);
          expect(read(text)).toEqual(inFull(text));
          expect(read(text)).toMatchObject({ receiptId: changes.receiptId });
        },
      ),
    );
  });

  it('says the same of a receipt that somebody changed, wherever', () => {
    const read = readerWithPatterns();
    const honest = textOf({ receiptId: OTHER_ID, time: instant(1_764_000_001_000) });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: honest.length - 1 }),
        fc.constantFrom('A', '0', '"', '\\', '}', ':', '\ud800', ''),
        (at, char) => {
          const text = honest.slice(0, at) + char + honest.slice(at + 1);
          expect(read(text)).toEqual(inFull(text));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is not led astray by an id within a key, an escape or another field', () => {
    const id = 'nameOfSomebody_of_them' as ReceiptId;
    const plain = JSON.parse(textOf({ receiptId: id })) as JsonObject;
    expect(receiptTextReader()(canonicalJson({ ...plain, [`dpv:h${id}`]: [] }))).toBeNull();
    const calledBy = (name: string) => textOf({ receiptId: id, shop: { ...facts.shop, name } });
    // In the second, the first letter of the id belongs to the escape of a line feed.
    const traps = [calledBy(id), calledBy(`\n${id.slice(1)}`)];
    for (const trap of traps) {
      const read = receiptTextReader();
      expect(read(trap)).toMatchObject({ receiptId: id });
      const text = trap.replaceAll(id, OTHER_ID);
      expect(read(text)).toEqual(inFull(text));
    }
  });

  it('refuses an id and a time that are none, in a text like one that was read', () => {
    const read = readerWithPatterns();
    expect(read(textOf().replaceAll(facts.receiptId, '!'.repeat(22)))).toBeNull();
    const time = /\d{4}-\d{2}-\d{2}T[^"]+/.exec(textOf())?.[0] ?? '';
    expect(read(textOf().replaceAll(time, '2026-02-31T00:00:00.000Z'))).toBeNull();
  });
});
