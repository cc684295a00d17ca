import { describe, expect, it } from 'vitest';
import type { Instant } from '#values';
import type { Head, LedgerRecord } from './entry.ts';
import { joinBatch } from './join-batch.ts';
import { hashEntry, sealEntry } from './seal.ts';

function extend(records: readonly LedgerRecord[], declined: number): LedgerRecord[] {
  const last = records.at(-1);
  const head: Head | null = last === undefined ? null : { seq: last.entry.seq, hash: hashEntry(last.entry) };
  const body = { hour: '2026-11-24T15', declined, left: 0 };
  return [
    ...records,
    sealEntry(head, 'tally-closed', body, 0 as Instant, (length) => new Uint8Array(length)).record,
  ];
}

const three = extend(extend(extend([], 1), 2), 3);
const five = extend(extend(three, 4), 5);
const other = extend(extend(extend([], 1), 2), 99);

function holding(records: readonly LedgerRecord[]) {
  const last = records.at(-1);
  return {
    head: last === undefined ? null : { seq: last.entry.seq, hash: hashEntry(last.entry) },
    hashAt: (seq: number) => (records[seq] === undefined ? null : hashEntry(records[seq].entry)),
  };
}

describe('joining a batch to a chain', () => {
  it('takes a first batch whole', () => {
    expect(joinBatch(holding([]), three)).toMatchObject({ ok: true, fresh: three });
  });

  it('takes only what is new of a batch that overlaps', () => {
    expect(joinBatch(holding(three), five.slice(1))).toMatchObject({ ok: true, fresh: five.slice(3) });
  });

  it('changes nothing for the same batch twice', () => {
    const again = joinBatch(holding(five), five);
    expect(again).toEqual({ ok: true, fresh: [], freshHashes: [], head: holding(five).head });
  });

  it('refuses a batch that leaves a gap', () => {
    expect(joinBatch(holding(three), five.slice(4))).toEqual({ ok: false, reason: 'does-not-join' });
  });

  it('refuses a different entry with a number that is taken', () => {
    expect(joinBatch(holding(five), other)).toEqual({ ok: false, reason: 'fork' });
  });

  it('refuses entries that join on to another chain', () => {
    expect(joinBatch(holding(three), extend(other, 4).slice(3))).toEqual({ ok: false, reason: 'fork' });
  });

  it('refuses a batch that is broken in itself', () => {
    expect(joinBatch(holding(three), five.slice(3).toReversed())).toEqual({
      ok: false,
      reason: 'chain-broken',
    });
    expect(joinBatch(holding(three), [])).toEqual({ ok: false, reason: 'empty' });
  });
});
