import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_KINDS, hashEntry, type LedgerRecord } from '#ledger';
import { type Json, sha256OfJson } from '#values';
import { entriesRequestSchema, ledgerRecordSchema, readEntriesRequest, recordBytes } from './ledger.ts';
import { MAX_BATCH_RECORDS, MAX_RECEIPT_CHARS } from './limits.ts';
import { anyRecord, recordOf } from './testing/any-record.ts';

const isRefused = (value: unknown): boolean => !ledgerRecordSchema.safeParse(value).success;

type Path = readonly (string | number)[];

/** Where every value of a record stands: objects and lists, and what is in them. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

/** A copy with one place changed; `undefined` takes it out. */
function changedAt(record: LedgerRecord, path: Path, value: unknown): unknown {
  const copy = structuredClone({ record }) as Record<string, unknown>;
  const whole = ['record', ...path];
  const parent = valueAt(copy, whole.slice(0, -1)) as Record<string | number, unknown>;
  const key = whole.at(-1)!;
  if (value === undefined) delete parent[key];
  else parent[key] = value;
  return copy.record;
}

const place = anyRecord.chain((record) =>
  fc.record({ record: fc.constant(record), path: fc.constantFrom(...pathsIn(record)) }),
);
const placeOf = (type: string) =>
  anyRecord.chain((record) =>
    fc.record({
      record: fc.constant(record),
      path: fc.constantFrom(...pathsIn(record).filter((path) => typeof valueAt(record, path) === type)),
    }),
  );

describe('a ledger record on the wire', () => {
  it.each(ENTRY_KINDS)('of kind %s arrives as it was sealed, with the same hashes', (kind) => {
    fc.assert(
      fc.property(recordOf(kind), (record) => {
        const arrived = ledgerRecordSchema.parse(JSON.parse(JSON.stringify(record)));
        expect(arrived).toEqual(record);
        expect(hashEntry(arrived.entry)).toBe(hashEntry(record.entry));
        expect(sha256OfJson(arrived.body as unknown as Json)).toBe(record.entry.bodyHash);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['look-closed', 'openMs', 86_400_000],
    ['tally-closed', 'declined', 100_000],
    ['tally-closed', 'left', 100_000],
  ] as const)('of kind %s has a %s of at most %i, so that sums stay numbers', (kind, key, most) => {
    const [record] = fc.sample(recordOf(kind), { numRuns: 1, seed: 7 });
    expect(isRefused(changedAt(record!, ['body', key], most))).toBe(false);
    expect(isRefused(changedAt(record!, ['body', key], most + 1))).toBe(true);
  });

  it('may come with its body pruned', () => {
    fc.assert(
      fc.property(anyRecord, ({ entry }) => {
        expect(isRefused({ entry, body: null })).toBe(false);
      }),
    );
  });

  it('is refused with a field too many, anywhere', () => {
    const key = fc.constantFrom('extra', '', '__proto__', 'constructor', 'salt2');
    fc.assert(
      fc.property(place, key, ({ record, path }, extra) => {
        const inner = valueAt(record, path);
        fc.pre(typeof inner === 'object' && inner !== null && !Array.isArray(inner));
        // As JSON makes it: an own field, whatever it is called.
        const more = Object.defineProperty({ ...inner }, extra, { value: 1, enumerable: true });
        expect(isRefused(path.length === 0 ? more : changedAt(record, path, more))).toBe(true);
      }),
    );
  });

  it('is refused with a field missing', () => {
    fc.assert(
      fc.property(place, ({ record, path }) => {
        // A list with fewer people and a release with fewer cells are other true records.
        fc.pre(
          path.length > 0 &&
            path[0] !== undefined &&
            !['receiptIds', 'purposes', 'change'].includes(String(path.at(-2))),
        );
        expect(isRefused(changedAt(record, path, undefined))).toBe(true);
      }),
    );
  });

  it('is refused with a value of another type, anywhere', () => {
    const wrong = fc.constantFrom<unknown>(
      true,
      [],
      {},
      'text',
      '',
      0.5,
      -1e300,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    );
    fc.assert(
      fc.property(place, wrong, ({ record, path }, value) => {
        const before = valueAt(record, path);
        const kindOf = (it: unknown) => (Array.isArray(it) ? 'list' : it === null ? 'null' : typeof it);
        // `null` stands where a number may, and an empty text is a version like any other.
        fc.pre(kindOf(value) !== kindOf(before) && path.length > 0);
        fc.pre(!(path.at(-1) === 'change' && kindOf(value) === 'object'));
        expect(isRefused(changedAt(record, path, value))).toBe(true);
      }),
    );
  });

  it('is refused with a number that is none, not whole, below zero or too large to count', () => {
    const wrong = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0.5, -1, 2 ** 53, -(2 ** 53));
    fc.assert(
      fc.property(placeOf('number'), wrong, ({ record, path }, value) => {
        fc.pre(!(path.at(-1) === 'offsetMs' && value === -1));
        expect(isRefused(changedAt(record, path, value))).toBe(true);
      }),
    );
  });

  it('is refused with NUL, half a surrogate pair or far too much in any text', () => {
    const wrong = fc.constantFrom(
      (before: string) => `${before}\0`,
      (before: string) => `\ud800${before}`,
      (before: string) => `${before}\udc00`,
      (before: string) => before + 'a'.repeat(MAX_RECEIPT_CHARS),
    );
    fc.assert(
      fc.property(placeOf('string'), wrong, ({ record, path }, change) => {
        expect(isRefused(changedAt(record, path, change(String(valueAt(record, path)))))).toBe(true);
      }),
    );
  });

  it('is refused under the name of another kind', () => {
    fc.assert(
      fc.property(anyRecord, fc.constantFrom<string>(...ENTRY_KINDS, 'toString', 'photo'), (record, kind) => {
        fc.pre(kind !== record.entry.kind);
        expect(isRefused(changedAt(record, ['entry', 'kind'], kind))).toBe(true);
      }),
    );
  });

  it.each([
    ['being counted twice', ['count', 'count']],
    ['nothing', []],
  ])('is refused where a yes is to %s', (_, purposes) => {
    fc.assert(
      fc.property(recordOf('receipt-issued'), (record) => {
        expect(isRefused(changedAt(record, ['body', 'purposes'], purposes))).toBe(true);
      }),
      { numRuns: 5 },
    );
  });

  it('is refused where one receipt stands for two people', () => {
    fc.assert(
      fc.property(recordOf('look-opened'), (record) => {
        const [first] = valueAt(record, ['body', 'receiptIds']) as string[];
        expect(isRefused(changedAt(record, ['body', 'receiptIds'], [first, first]))).toBe(true);
      }),
      { numRuns: 5 },
    );
  });

  it('has the size that its JSON has in bytes', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(recordBytes(record)).toBe(Buffer.byteLength(JSON.stringify(record)));
      }),
    );
  });
});

describe('a batch on the wire', () => {
  it('has at least one record and no more than the limit', () => {
    const [record] = fc.sample(anyRecord, 1);
    const batchOf = (length: number) => ({
      records: Array.from({ length }, () => record),
      checkpoint: 'a.b.c',
    });
    expect(entriesRequestSchema.safeParse(batchOf(0)).success).toBe(false);
    expect(entriesRequestSchema.safeParse(batchOf(MAX_BATCH_RECORDS)).success).toBe(true);
    expect(entriesRequestSchema.safeParse(batchOf(MAX_BATCH_RECORDS + 1)).success).toBe(false);
  });

  it('is read by the kind of each record as by trying every kind', () => {
    const junk = fc.oneof(
      fc.anything(),
      place.map(({ record, path }) => changedAt(record, path, undefined)),
    );
    const batch = fc.array(fc.oneof({ weight: 9, arbitrary: anyRecord }, junk), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(batch, (records) => {
        const request = { records, checkpoint: 'a.b.c' };
        expect(readEntriesRequest(request)).toEqual(entriesRequestSchema.safeParse(request).data ?? null);
      }),
    );
  });

  it('is refused without a checkpoint', () => {
    const records = fc.sample(anyRecord, 1);
    expect(entriesRequestSchema.safeParse({ records }).success).toBe(false);
    expect(entriesRequestSchema.safeParse({ records, checkpoint: 'no jws' }).success).toBe(false);
  });
});
