import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '#ledger';
import type { ReceiptId } from '#values';
import { commit } from './commit.ts';
import { closeLook, type LookReport, openLook } from './looks.ts';
import { releaseIfEnough } from './pending-release.ts';
import { type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';
import { withdraw } from './withdraw.ts';

const counted: LookReport = {
  ending: 'counted',
  openMs: 3_000,
  framesSeen: 3,
  framesRefused: 0,
  headcount: 1,
  demographics: { band: '25-39', gender: 'female' },
};

/** A yes that is on disk. */
async function receiptOn({ core }: MemoryTablet, name: string): Promise<ReceiptId> {
  const id = name as ReceiptId;
  await commit(core.database, core, async ({ transaction }) => {
    await transaction
      .objectStore('receipts')
      .put({ id, purposes: ['count', 'demographics'], issuedAt: core.now(), contribution: 'none' });
  });
  return id;
}

async function openedLook(tablet: MemoryTablet, name: string) {
  const id = await receiptOn(tablet, name);
  const opened = await openLook(tablet.core, [id]);
  if (!opened.ok) throw new Error('There is room for one look.');
  return { id, look: opened.look };
}

async function visit(tablet: MemoryTablet, name: string): Promise<ReceiptId> {
  const { id, look } = await openedLook(tablet, name);
  await closeLook(tablet.core, look, counted);
  return id;
}

describe('taking a yes back', () => {
  it('takes the age and gender out that wait', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet, 'one');
    expect(await tablet.answers()).toHaveLength(1);
    await withdraw(tablet.core, [id], 'kiosk');
    expect(await tablet.answers()).toEqual([]);
  });

  it('while the camera is open counts nobody, and keeps neither age nor gender', async () => {
    const tablet = memoryTablet();
    const { id, look } = await openedLook(tablet, 'one');
    await withdraw(tablet.core, [id], 'phone');
    await closeLook(tablet.core, look, counted);
    expect(await tablet.entriesOf('look-closed')).toHaveLength(1);
    expect(await tablet.entriesOf('contribution-recorded')).toEqual([]);
    expect(await tablet.answers()).toEqual([]);
  });

  it('twice, or of a receipt that nobody has, is one entry at most', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet, 'one');
    await withdraw(tablet.core, [id, id, 'nobody' as ReceiptId], 'kiosk');
    await withdraw(tablet.core, [id], 'phone');
    expect(await tablet.entriesOf('contribution-withdrawn')).toHaveLength(1);
  });

  it('after a release subtracts the person from a later one', async () => {
    const tablet = memoryTablet();
    const ids: ReceiptId[] = [];
    for (let person = 0; person < 10; person += 1) ids.push(await visit(tablet, `early-${person}`));
    await releaseIfEnough(tablet.core);
    await withdraw(tablet.core, ids.slice(0, 1), 'phone');
    for (let person = 0; person < 10; person += 1) await visit(tablet, `late-${person}`);
    await releaseIfEnough(tablet.core);
    expect(await tablet.entriesOf('release')).toHaveLength(1);
    await visit(tablet, 'last');
    await releaseIfEnough(tablet.core);
    const releases = await tablet.entriesOf('release');
    expect(releases.map(({ people }) => people)).toEqual([10, 10]);
  });

  it('leaves all as it was where it could not be kept', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet, 'one');
    tablet.database.nextFault = new DOMException('The disk is full.', 'QuotaExceededError');
    expect(await withdraw(tablet.core, [id], 'kiosk')).toEqual({ ok: false, reason: 'storage-full' });
    expect(await tablet.entriesOf('contribution-withdrawn')).toEqual([]);
    expect(await tablet.answers()).toHaveLength(1);
  });
});

describe('closing a look', () => {
  it('twice counts once', async () => {
    const tablet = memoryTablet();
    const { look } = await openedLook(tablet, 'one');
    expect(await closeLook(tablet.core, look, counted)).toEqual({ ok: true });
    expect(await closeLook(tablet.core, look, counted)).toEqual({ ok: false, reason: 'look-not-open' });
    expect(await tablet.entriesOf('contribution-recorded')).toHaveLength(1);
  });

  it('that ended in any other way counts nobody', async () => {
    const tablet = memoryTablet();
    const { look } = await openedLook(tablet, 'one');
    await closeLook(tablet.core, look, { ...counted, ending: 'stopped', demographics: null });
    expect(await tablet.entriesOf('contribution-recorded')).toEqual([]);
    expect(await tablet.answers()).toEqual([]);
  });
});

describe('opening a look', () => {
  it('closes one that was never closed as interrupted first, which then counts nothing', async () => {
    const tablet = memoryTablet();
    const { look: first } = await openedLook(tablet, 'one');
    const { look: second } = await openedLook(tablet, 'two');
    expect(await closeLook(tablet.core, first, counted)).toEqual({ ok: false, reason: 'look-not-open' });
    expect(await closeLook(tablet.core, second, counted)).toEqual({ ok: true });
    const records = (await tablet.database.getAll('entries')) as LedgerRecord[];
    expect(records.map(({ entry, body }) => [entry.kind, body && 'lookId' in body && body.lookId])).toEqual([
      ['look-opened', first.lookId],
      ['look-closed', first.lookId],
      ['look-opened', second.lookId],
      ['look-closed', second.lookId],
      ['contribution-recorded', second.lookId],
    ]);
    const [interrupted] = await tablet.entriesOf('look-closed');
    expect(interrupted).toMatchObject({ ending: 'interrupted', openMs: null });
  });
});
