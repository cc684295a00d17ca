import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '#ledger';
import { faultAfter } from '../testing/files.ts';
import type { LedgerMaker } from '../testing/ledger-maker.ts';

const edited = (edit: (records: LedgerRecord[]) => LedgerRecord[]) =>
  faultAfter(async (maker: LedgerMaker) => {
    await maker.visit();
    maker.records = edit(maker.records);
  });

describe('the chain', () => {
  it('is in order as it was written', async () => {
    expect(await edited((records) => records)).toBe('in order');
  });

  it.each<[string, string, (records: LedgerRecord[]) => LedgerRecord[]]>([
    ['an entry that is missing', 'sequence-broken', (records) => records.toSpliced(3, 1)],
    ['an entry that stands twice', 'sequence-broken', (records) => records.toSpliced(3, 0, records[3]!)],
    [
      'two entries that changed places',
      'sequence-broken',
      (records) => records.with(3, records[4]!).with(4, records[3]!),
    ],
    [
      'an entry that was changed',
      'previous-hash-wrong',
      (records) =>
        records.with(1, {
          ...records[1]!,
          entry: { ...records[1]!.entry, time: records[0]!.entry.time, bodyHash: records[0]!.entry.previous },
          body: null,
        } as LedgerRecord),
    ],
    [
      'a body that was changed',
      'body-hash-wrong',
      (records) =>
        records.with(4, {
          ...records[4]!,
          body: { ...records[4]!.body, framesSeen: 8 },
        } as unknown as LedgerRecord),
    ],
  ])('shows %s', async (_, reason, edit) => {
    expect(await edited(edit)).toBe(reason);
  });
});
