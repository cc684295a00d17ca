import { expect, it } from 'vitest';
import type { LedgerRecord } from '#ledger';
import { closeLook, openLook } from './looks.ts';
import { recordYes } from './record-yes.ts';
import { memoryTablet } from './testing/memory-tablet.ts';
import { withKey, yes } from './testing/recording-tablet.ts';

it('shows no yes while a camera is open, also where the look before found no room to say that it was over', async () => {
  const tablet = memoryTablet();
  const core = await withKey(tablet);
  const first = await recordYes(core, [yes]);
  if (!first.ok) throw new Error('There is room for a yes.');
  const opened = await openLook(
    core,
    first.receipts.map(({ id }) => id),
  );
  if (!opened.ok) throw new Error('There is room for one look.');
  tablet.database.nextFault = new DOMException('No room.', 'QuotaExceededError');
  const counted = { ending: 'counted', openMs: 3_000, framesSeen: 3, framesRefused: 0 } as const;
  const closed = await closeLook(core, opened.look, { ...counted, headcount: 1, demographics: null });
  expect(closed).toEqual({ ok: false, reason: 'storage-full' });
  expect(await recordYes(core, [yes])).toMatchObject({ ok: true });
  const records = (await tablet.database.getAll('entries')) as LedgerRecord[];
  expect(records.map(({ entry }) => entry.kind)).toEqual([
    'receipt-issued',
    'look-opened',
    'look-closed',
    'receipt-issued',
  ]);
  expect(await tablet.entriesOf('look-closed')).toMatchObject([{ ending: 'interrupted', openMs: null }]);
});
