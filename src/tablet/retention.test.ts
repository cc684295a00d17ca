import { describe, expect, it } from 'vitest';
import { AGE_BANDS, GENDERS } from '#counting';
import { checkChain, type Head, type LedgerRecord } from '#ledger';
import { DAY_MS, HOUR_MS, type ReceiptId } from '#values';
import { commit } from './commit.ts';
import { readMeta, writeMeta } from './database.ts';
import { closeLook, openLook } from './looks.ts';
import { runRetention } from './retention.ts';
import { sendLedger } from './send-ledger.ts';
import { countWaiting, storedLedger } from './stored-ledger.ts';
import { addToTally, closePastTallies } from './tallies.ts';
import { idNamed, letReleasesGo, type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';
import { withdraw } from './withdraw.ts';

let visits = 0;

/** A visitor's yes, from tap to number, with age and gender. */
async function visit({ core }: MemoryTablet): Promise<ReceiptId> {
  visits += 1;
  const id: ReceiptId = idNamed(`visitor-${visits}`);
  await commit(core.database, core, async ({ transaction, append }) => {
    const secretHash = 'a'.repeat(64) as never;
    const purposes = ['count', 'demographics'] as const;
    await append('receipt-issued', { receiptId: id, purposes, receipt: 'x.y.z', secretHash });
    await transaction
      .objectStore('receipts')
      .put({ id, purposes, issuedAt: core.now(), contribution: 'none' });
    await transaction.objectStore('codes').put({ hash: `code of ${id}` as never, receiptId: id });
  });
  const opened = await openLook(core, [id]);
  if (!opened.ok) throw new Error('There is room for one look.');
  await closeLook(core, opened.look, {
    ending: 'counted',
    // The clock of these tests stands still.
    openMs: 0,
    framesSeen: 3,
    framesRefused: 0,
    headcount: 1,
    demographics: {
      band: AGE_BANDS[visits % AGE_BANDS.length] ?? 'not-sure',
      gender: GENDERS[visits % GENDERS.length] ?? 'not-sure',
    },
  });
  return id;
}

const recordsOf = async ({ database }: MemoryTablet) =>
  (await database.getAll('entries')) as (LedgerRecord & { readonly seq: number })[];
const receiptsOf = async ({ database }: MemoryTablet) => database.getAll('receipts');
const headOf = ({ core }: MemoryTablet) => readMeta(core.database, 'head');

async function acknowledgeAll(tablet: MemoryTablet): Promise<void> {
  const { core } = tablet;
  const head = (await headOf(tablet)) as Head;
  await commit(core.database, core, ({ transaction }) => writeMeta(transaction, 'acknowledged', head));
}

const ledgerOf = ({ core }: MemoryTablet) => storedLedger(core.database, core);
const serverAt = (head: Head | null) => ({
  head: async () => ({ ok: true as const, head }),
  send: async () => {
    throw new Error('Nothing is to be sent here.');
  },
});

describe('retention on the tablet', () => {
  it('cuts a link when its visitor was told that it would be, where the settings ask for longer since', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet);
    await commit(tablet.core.database, tablet.core, async ({ transaction }) => {
      const receipt = await transaction.objectStore('receipts').get(id);
      if (receipt !== undefined) await transaction.objectStore('receipts').put({ ...receipt, linkDays: 7 });
    });
    tablet.turnClock(7 * DAY_MS);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toMatchObject([{ id, contribution: 'cut' }]);
    tablet.turnClock(28 * DAY_MS);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toEqual([]);
  });

  it('lets an age and gender that still wait go on waiting when their link is cut, and forgets whose they are', async () => {
    const tablet = memoryTablet();
    const [waiting, withdrawn] = [await visit(tablet), await visit(tablet)];
    const cells = async () => (await tablet.answers()).map(({ cell, state }) => [cell, state]).toSorted();
    await commit(tablet.core.database, tablet.core, async ({ transaction }) => {
      const answer = await transaction.objectStore('answers').get(withdrawn);
      if (answer !== undefined)
        await transaction.objectStore('answers').put({ ...answer, state: 'subtract' });
    });
    const before = await cells();
    expect(before).toHaveLength(2);
    tablet.turnClock(30 * DAY_MS);
    await runRetention(tablet.core);
    expect(await cells()).toEqual(before);
    const names = (await tablet.answers()).map(({ receiptId }) => receiptId);
    expect(names).not.toContain(waiting);
    expect(names).not.toContain(withdrawn);
    await withdraw(tablet.core, [waiting], 'kiosk');
    expect(await cells()).toEqual(before);
  });

  it('cuts a link at the very end of its days, and writes that it did', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet);
    tablet.turnClock(30 * DAY_MS - 1);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toMatchObject([{ id, contribution: 'counted' }]);
    tablet.turnClock(DAY_MS);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toEqual([
      { id, purposes: ['count', 'demographics'], issuedAt: expect.any(Number), contribution: 'cut' },
    ]);
    expect(await tablet.entriesOf('retention-run')).toMatchObject([
      { cutoff: '2026-11-25T11:59:59.999Z', linksCut: 1 },
    ]);
  });

  it('runs once a day, and a second run changes nothing', async () => {
    const tablet = memoryTablet();
    await visit(tablet);
    tablet.turnClock(31 * DAY_MS);
    await runRetention(tablet.core);
    const before = await recordsOf(tablet);
    await visit(tablet);
    tablet.turnClock(DAY_MS - 1);
    await runRetention(tablet.core);
    tablet.turnClock(1);
    await runRetention(tablet.core);
    expect((await recordsOf(tablet)).length).toBe(before.length + 4);
    expect(await tablet.entriesOf('retention-run')).toHaveLength(1);
  });

  it('runs again where the clock that ran last was ahead', async () => {
    const tablet = memoryTablet();
    tablet.turnClock(900 * DAY_MS);
    await runRetention(tablet.core);
    tablet.turnClock(-900 * DAY_MS);
    await visit(tablet);
    tablet.turnClock(31 * DAY_MS);
    await runRetention(tablet.core);
    expect(await tablet.entriesOf('retention-run')).toHaveLength(1);
  });

  it('forgets what it released of somebody whose link is cut, and keeps what waits', async () => {
    const tablet = memoryTablet();
    for (let people = 0; people < 30; people += 1) await visit(tablet);
    await letReleasesGo(tablet);
    const waiting = (await tablet.answers()).filter(({ state }) => state === 'add');
    const takenOut = (await tablet.answers()).find(({ state }) => state === 'released');
    await withdraw(tablet.core, [takenOut?.receiptId as ReceiptId], 'kiosk');
    tablet.turnClock(31 * DAY_MS);
    await runRetention(tablet.core);
    const left = await tablet.answers();
    const cellsIn = (answers: typeof left) => answers.map(({ cell }) => cell).toSorted();
    expect(cellsIn(left.filter(({ state }) => state === 'add'))).toEqual(cellsIn(waiting));
    expect(left.filter(({ state }) => state !== 'add')).toMatchObject([
      { cell: takenOut?.cell, state: 'subtract' },
    ]);
  });

  it('keeps a withdrawal after the cut, and finds nothing any more that it could take out', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet);
    tablet.turnClock(31 * DAY_MS);
    await runRetention(tablet.core);
    await withdraw(tablet.core, [id], 'phone');
    await withdraw(tablet.core, [id], 'phone');
    expect(await tablet.entriesOf('contribution-withdrawn')).toMatchObject([{ receiptId: id }]);
    expect(await tablet.answers()).toMatchObject([{ state: 'add' }]);
  });

  it('takes a withdrawal that the server knows of once, long after the receipt is gone from here', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet);
    tablet.turnClock(40 * DAY_MS);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toEqual([]);
    await withdraw(tablet.core, [id], 'kiosk');
    expect(await tablet.entriesOf('contribution-withdrawn')).toEqual([]);
    await withdraw(tablet.core, [id], 'phone');
    await withdraw(tablet.core, [id], 'phone');
    expect(await tablet.entriesOf('contribution-withdrawn')).toHaveLength(1);
    tablet.turnClock(40 * DAY_MS);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toEqual([]);
  });

  it('deletes records that the server has for longer than 35 days, and none that it lacks', async () => {
    const tablet = memoryTablet();
    await visit(tablet);
    tablet.turnClock(36 * DAY_MS);
    await runRetention(tablet.core);
    expect((await recordsOf(tablet))[0]?.seq).toBe(0);
    await acknowledgeAll(tablet);
    const acknowledged = await headOf(tablet);
    tablet.turnClock(DAY_MS);
    await visit(tablet);
    await runRetention(tablet.core);
    const records = await recordsOf(tablet);
    // The newest that the server has is not 35 days old: it is what retention itself wrote.
    expect(records[0]?.seq).toBe(acknowledged?.seq);
    expect(await countWaiting(tablet.core.database)).toBe(4);
    const after = { seq: (records[0]?.seq ?? 0) - 1, hash: records[0]?.entry.previous as never };
    expect(
      checkChain(
        records.map(({ entry, body }) => ({ entry, body }) as LedgerRecord),
        after,
      ),
    ).toMatchObject({
      ok: true,
      head: await headOf(tablet),
      pruned: 0,
    });
  });

  it('never deletes the newest record that the server has, however old', async () => {
    const tablet = memoryTablet();
    await visit(tablet);
    await acknowledgeAll(tablet);
    tablet.turnClock(29 * DAY_MS);
    await runRetention(tablet.core);
    tablet.turnClock(400 * DAY_MS);
    await runRetention(tablet.core);
    const head = (await readMeta(tablet.core.database, 'acknowledged')) as Head;
    expect(await ledgerOf(tablet).holds(head)).toBe(true);
  });

  it('tells a server that was put back too far from one that has another chain', async () => {
    const tablet = memoryTablet();
    await visit(tablet);
    await visit(tablet);
    const all = await recordsOf(tablet);
    await acknowledgeAll(tablet);
    tablet.turnClock(40 * DAY_MS);
    await runRetention(tablet.core);
    const ledger = ledgerOf(tablet);
    const hashBefore = (seq: number) => all.find((record) => record.seq === seq)?.entry.previous as never;
    const first = (await recordsOf(tablet))[0]?.seq as number;
    expect(first).toBe(7);
    expect(await ledger.holds({ seq: first - 1, hash: hashBefore(first) })).toBe(true);
    expect(await ledger.holds({ seq: first - 1, hash: 'f'.repeat(64) as never })).toBe(false);
    const tooOld = { seq: first - 2, hash: hashBefore(first - 1) };
    const gone = { ok: false, reason: 'no-longer-kept' };
    expect(await sendLedger(ledger, serverAt(tooOld))).toEqual(gone);
    expect(await sendLedger(ledger, serverAt(null))).toEqual(gone);
    // A server put back learns nothing, but the tablet goes on: what it writes still joins on to its own chain.
    await visit(tablet);
    expect(await countWaiting(tablet.core.database)).toBe(5);
  });

  it('leaves everything as it was where it cannot be written', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet);
    tablet.turnClock(31 * DAY_MS);
    tablet.database.nextFault = new DOMException('Full.', 'QuotaExceededError');
    expect(await runRetention(tablet.core)).toEqual({ ok: false, reason: 'storage-full' });
    expect(await receiptsOf(tablet)).toMatchObject([{ id, contribution: 'counted' }]);
    expect(await tablet.entriesOf('retention-run')).toEqual([]);
    await runRetention(tablet.core);
    expect(await tablet.entriesOf('retention-run')).toHaveLength(1);
  });

  it('keeps the storage flat over a year of visits', async () => {
    const tablet = memoryTablet();
    const sizes: number[] = [];
    for (let day = 0; day < 365; day += 1) {
      await visit(tablet);
      await addToTally(tablet.core, 'declined');
      tablet.turnClock(2 * HOUR_MS);
      await closePastTallies(tablet.core);
      await letReleasesGo(tablet);
      await acknowledgeAll(tablet);
      tablet.turnClock(19 * HOUR_MS);
      await runRetention(tablet.core);
      const stores = await Promise.all(
        ['entries', 'receipts', 'answers', 'tallies', 'codes'].map((store) => tablet.database.getAll(store)),
      );
      sizes.push(stores.reduce((sum, rows) => sum + rows.length, 0));
    }
    // How many answers wait is drawn anew with each release.
    expect(Math.max(...sizes.slice(180))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 180)) + 10);
  });
});
