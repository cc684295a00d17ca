import { describe, expect, it } from 'vitest';
import type { Demographics } from '#counting';
import type { LedgerRecord } from '#ledger';
import { DAY_MS, type ReceiptId } from '#values';
import { commit } from './commit.ts';
import { closeLook, type LookReport, openLook } from './looks.ts';
import { idNamed, letReleasesGo, type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';
import { withdraw } from './withdraw.ts';

const counted: LookReport = {
  ending: 'counted',
  // The clock of these tests stands still.
  openMs: 0,
  framesSeen: 3,
  framesRefused: 0,
  headcount: 1,
  demographics: { band: '25-39', gender: 'female' },
};

const cells: readonly Demographics[] = [
  { band: '25-39', gender: 'female' },
  { band: '40-59', gender: 'male' },
  { band: '60-plus', gender: 'male' },
];

/** A yes that is on disk. */
async function receiptOn({ core }: MemoryTablet, name: string): Promise<ReceiptId> {
  const id: ReceiptId = idNamed(name);
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

async function visit(
  tablet: MemoryTablet,
  name: string,
  demographics: Demographics = { band: '25-39', gender: 'female' },
): Promise<ReceiptId> {
  const { id, look } = await openedLook(tablet, name);
  await closeLook(tablet.core, look, { ...counted, demographics });
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
    await withdraw(tablet.core, [id, id, idNamed('nobody')], 'kiosk');
    await withdraw(tablet.core, [id], 'phone');
    expect(await tablet.entriesOf('contribution-withdrawn')).toHaveLength(1);
  });

  it('after a release takes the person out, and shows it neither in the size of a release nor in a cell', async () => {
    const tablet = memoryTablet();
    for (let person = 0; person < 30; person += 1) await visit(tablet, `early-${person}`, cells[person % 3]);
    await letReleasesGo(tablet);
    const answer = (await tablet.answers()).find(({ state }) => state === 'released');
    await withdraw(tablet.core, [answer?.receiptId as ReceiptId], 'phone');
    expect((await tablet.answers()).filter(({ state }) => state === 'subtract')).toHaveLength(1);
    for (let person = 0; person < 31; person += 1) await visit(tablet, `late-${person}`, cells[person % 3]);
    await letReleasesGo(tablet);
    const left = await tablet.answers();
    expect(left.filter(({ state }) => state === 'subtract')).toEqual([]);
    const releases = await tablet.entriesOf('release');
    expect(releases.length).toBeGreaterThan(1);
    for (const { people, change } of releases) {
      expect(people).toBe(10);
      for (const gain of Object.values(change as object)) expect(gain).toBeGreaterThan(0);
    }
    const released = left.filter(({ state }) => state === 'released');
    expect(released).toHaveLength(10 * releases.length);
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

describe('a yes that is taken back after its link had its days', () => {
  const lateness = async (tablet: MemoryTablet, id: ReceiptId) => {
    await withdraw(tablet.core, [id], 'kiosk');
    return (await tablet.core.database.get('receipts', id))?.wasTooLate ?? false;
  };

  it('was too late from the moment on at which the server cuts, also while this tablet has not cut yet', async () => {
    const tablet = memoryTablet();
    const [before, at] = [await visit(tablet, 'before'), await visit(tablet, 'at')];
    tablet.passTime(30 * DAY_MS - 1);
    expect(await lateness(tablet, before)).toBe(false);
    tablet.passTime(1);
    expect(await lateness(tablet, at)).toBe(true);
  });

  it('goes by the days that its receipt told, where the settings ask for longer since', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet, 'one');
    await commit(tablet.core.database, tablet.core, async ({ transaction }) => {
      const receipt = await transaction.objectStore('receipts').get(id);
      if (receipt !== undefined) await transaction.objectStore('receipts').put({ ...receipt, linkDays: 7 });
    });
    tablet.passTime(7 * DAY_MS);
    expect(await lateness(tablet, id)).toBe(true);
  });

  it('still takes the age and gender out that wait', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet, 'one');
    tablet.passTime(31 * DAY_MS);
    expect(await lateness(tablet, id)).toBe(true);
    expect(await tablet.answers()).toEqual([]);
  });

  it('is not called too late by a clock that leapt, before the server has told the time', async () => {
    const tablet = memoryTablet();
    const [before, after] = [await visit(tablet, 'before'), await visit(tablet, 'after')];
    tablet.turnClock(40 * DAY_MS);
    expect(await lateness(tablet, before)).toBe(false);
    tablet.core.clock.set({ offsetMs: 0, uncertaintyMs: 5 });
    expect(await lateness(tablet, after)).toBe(true);
  });

  it('was not too late where it never counted', async () => {
    const tablet = memoryTablet();
    const id = await receiptOn(tablet, 'one');
    tablet.passTime(31 * DAY_MS);
    expect(await lateness(tablet, id)).toBe(false);
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
