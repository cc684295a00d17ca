import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant, RandomBytes } from '#values';
import { checkChain } from './check-chain.ts';
import type { Head, LedgerRecord } from './entry.ts';
import { hashEntry, sealEntry } from './seal.ts';

let seed = 1;
const random: RandomBytes = (length) =>
  Uint8Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % 256;
  });

/** A true chain of tallies: enough to have every field that can be edited. */
function chainOf(counts: readonly number[]): { records: LedgerRecord[]; head: Head | null } {
  let head: Head | null = null;
  const records = counts.map((declined, index) => {
    const body = { hour: '2026-11-24T15', declined, left: 0 };
    const sealed = sealEntry(head, 'tally-closed', body, (1_764_000_000_000 + index) as Instant, random);
    head = sealed.head;
    return sealed.record;
  });
  return { records, head };
}

const counts = fc.array(fc.nat(1_000), { minLength: 2, maxLength: 12 });
const holdsAgainst = (records: readonly LedgerRecord[], head: Head | null) => {
  const checked = checkChain(records, null);
  return checked.ok && checked.head?.hash === head?.hash && checked.head?.seq === head?.seq;
};

describe('a ledger', () => {
  it('passes as it was written', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const { records, head } = chainOf(values);
        expect(holdsAgainst(records, head)).toBe(true);
      }),
    );
  });

  it('shows any edit of an entry', () => {
    const edits: ((record: LedgerRecord) => unknown)[] = [
      ({ entry, body }) => ({ entry: { ...entry, seq: entry.seq + 1 }, body }),
      ({ entry, body }) => ({ entry: { ...entry, time: '2020-01-01T00:00:00.000Z' }, body }),
      ({ entry, body }) => ({ entry: { ...entry, kind: 'release' }, body }),
      ({ entry, body }) => ({ entry: { ...entry, previous: entry.bodyHash }, body }),
      ({ entry, body }) => ({ entry: { ...entry, bodyHash: entry.previous }, body }),
      ({ entry, body }) => ({ entry, body: { ...body, left: 1 } }),
      ({ entry, body }) => ({ entry, body: { ...body, salt: 'AAAAAAAAAAAAAAAAAAAAAA' } }),
      ({ entry, body }) => ({ entry, body: { ...body, more: 1 } }),
    ];
    fc.assert(
      fc.property(counts, fc.nat(), fc.constantFrom(...edits), (values, at, edit) => {
        const { records, head } = chainOf(values);
        const index = at % records.length;
        const edited = records.with(index, edit(records[index]!) as LedgerRecord);
        expect(holdsAgainst(edited, head)).toBe(false);
      }),
    );
  });

  it('shows a dropped entry, the last one included', () => {
    fc.assert(
      fc.property(counts, fc.nat(), (values, at) => {
        const { records, head } = chainOf(values);
        expect(holdsAgainst(records.toSpliced(at % records.length, 1), head)).toBe(false);
      }),
    );
  });

  it('shows two entries that changed places', () => {
    fc.assert(
      fc.property(counts, fc.nat(), fc.nat(), (values, a, b) => {
        const { records, head } = chainOf(values);
        const [first, second] = [a % records.length, b % records.length];
        fc.pre(first !== second);
        const swapped = records.with(first, records[second]!).with(second, records[first]!);
        expect(holdsAgainst(swapped, head)).toBe(false);
      }),
    );
  });

  it('shows an inserted entry, a copy of a true one included', () => {
    fc.assert(
      fc.property(counts, fc.nat(), fc.nat(), (values, from, to) => {
        const { records, head } = chainOf(values);
        const inserted = records.toSpliced(to % (records.length + 1), 0, records[from % records.length]!);
        expect(holdsAgainst(inserted, head)).toBe(false);
      }),
    );
  });

  it('still checks when bodies are pruned, and says how many', () => {
    fc.assert(
      fc.property(counts, fc.nat(), (values, at) => {
        const { records, head } = chainOf(values);
        const index = at % records.length;
        const pruned = records.with(index, { ...records[index]!, body: null } as LedgerRecord);
        const hashes = records.map(({ entry }) => hashEntry(entry));
        expect(checkChain(pruned, null)).toEqual({ ok: true, head, pruned: 1, hashes });
      }),
    );
  });

  it('names the number at which it is first wrong', () => {
    const { records } = chainOf([1, 2, 3, 4]);
    const edited = records.with(2, {
      ...records[2]!,
      body: { ...records[2]!.body, left: 9 },
    } as LedgerRecord);
    expect(checkChain(edited, null)).toEqual({ ok: false, reason: 'body-hash-wrong', seq: 2 });
  });
});
