import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGE_BANDS, GENDERS } from '#counting';
import { checkChain, type Head, type LedgerRecord } from '#ledger';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, type ReceiptId } from '#values';
import { commit } from './commit.ts';
import { readMeta, writeMeta } from './database.ts';
import { noteBelieved } from './kept-clock.ts';
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
    tablet.passTime(7 * DAY_MS);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toMatchObject([{ id, contribution: 'cut' }]);
    tablet.passTime(28 * DAY_MS);
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
    tablet.passTime(30 * DAY_MS);
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
    tablet.passTime(30 * DAY_MS - 1);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toMatchObject([{ id, contribution: 'counted' }]);
    tablet.passTime(DAY_MS);
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
    tablet.passTime(31 * DAY_MS);
    await runRetention(tablet.core);
    const before = await recordsOf(tablet);
    await visit(tablet);
    tablet.passTime(DAY_MS - 1);
    await runRetention(tablet.core);
    tablet.passTime(1);
    await runRetention(tablet.core);
    expect((await recordsOf(tablet)).length).toBe(before.length + 4);
    expect(await tablet.entriesOf('retention-run')).toHaveLength(1);
  });

  it('runs again where the clock that ran last was ahead', async () => {
    const tablet = memoryTablet();
    const { core } = tablet;
    const ahead = instant(core.now() + 900 * DAY_MS);
    await commit(core.database, core, ({ transaction }) => writeMeta(transaction, 'retentionRanAt', ahead));
    await visit(tablet);
    tablet.passTime(31 * DAY_MS);
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
    tablet.passTime(31 * DAY_MS);
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
    tablet.passTime(31 * DAY_MS);
    await runRetention(tablet.core);
    await withdraw(tablet.core, [id], 'phone');
    await withdraw(tablet.core, [id], 'phone');
    expect(await tablet.entriesOf('contribution-withdrawn')).toMatchObject([{ receiptId: id }]);
    expect(await tablet.answers()).toMatchObject([{ state: 'add' }]);
  });

  it('takes a withdrawal that the server knows of once, long after the receipt is gone from here', async () => {
    const tablet = memoryTablet();
    const id = await visit(tablet);
    tablet.passTime(40 * DAY_MS);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toEqual([]);
    await withdraw(tablet.core, [id], 'kiosk');
    expect(await tablet.entriesOf('contribution-withdrawn')).toEqual([]);
    await withdraw(tablet.core, [id], 'phone');
    await withdraw(tablet.core, [id], 'phone');
    expect(await tablet.entriesOf('contribution-withdrawn')).toHaveLength(1);
    tablet.passTime(40 * DAY_MS);
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toEqual([]);
  });

  it('deletes records that the server has for longer than 35 days, and none that it lacks', async () => {
    const tablet = memoryTablet();
    await visit(tablet);
    tablet.passTime(36 * DAY_MS);
    await runRetention(tablet.core);
    expect((await recordsOf(tablet))[0]?.seq).toBe(0);
    await acknowledgeAll(tablet);
    const acknowledged = await headOf(tablet);
    tablet.passTime(DAY_MS);
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
    tablet.passTime(29 * DAY_MS);
    await runRetention(tablet.core);
    tablet.passTime(400 * DAY_MS);
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
    tablet.passTime(40 * DAY_MS);
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
    tablet.passTime(31 * DAY_MS);
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
      tablet.passTime(2 * HOUR_MS);
      await closePastTallies(tablet.core);
      await letReleasesGo(tablet);
      await acknowledgeAll(tablet);
      tablet.passTime(19 * HOUR_MS);
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

describe('retention by a clock that nobody has confirmed', () => {
  const nothingGone = async (tablet: MemoryTablet, before: unknown) =>
    expect(await everything(tablet)).toEqual(before);

  async function everything({ database }: MemoryTablet) {
    const stores = ['entries', 'receipts', 'answers', 'tallies', 'codes'];
    return Promise.all(stores.map((store) => database.getAll(store)));
  }

  async function usedTablet(): Promise<MemoryTablet> {
    const tablet = memoryTablet();
    await visit(tablet);
    await addToTally(tablet.core, 'declined');
    tablet.passTime(2 * HOUR_MS);
    await closePastTallies(tablet.core);
    await noteBelieved(tablet.core.database, tablet.core);
    await acknowledgeAll(tablet);
    return tablet;
  }

  it.each([
    ['leaps by 30 days', 30 * DAY_MS],
    ['leaps by years', 900 * DAY_MS],
  ])(
    'deletes nothing where it %s while the page runs, and all that is due once it is compared',
    async (_, ms) => {
      const tablet = await usedTablet();
      const before = await everything(tablet);
      tablet.turnClock(ms);
      await runRetention(tablet.core);
      await nothingGone(tablet, before);
      tablet.core.clock.set({ offsetMs: -ms, uncertaintyMs: 5 });
      await runRetention(tablet.core);
      await nothingGone(tablet, before);
      tablet.passTime(36 * DAY_MS);
      await runRetention(tablet.core);
      expect(await receiptsOf(tablet)).toEqual([]);
    },
  );

  it('deletes nothing after a start a month later, until the server has told that it is so', async () => {
    const tablet = await usedTablet();
    const before = await everything(tablet);
    await tablet.restart(40 * DAY_MS);
    await runRetention(tablet.core);
    await nothingGone(tablet, before);
    tablet.core.clock.set({ offsetMs: 0, uncertaintyMs: 5 });
    await runRetention(tablet.core);
    expect(await receiptsOf(tablet)).toEqual([]);
  });

  it('deletes nothing after a start where the tablet has never been able to ask', async () => {
    const tablet = memoryTablet();
    await visit(tablet);
    const before = await everything(tablet);
    await tablet.restart(0);
    tablet.passTime(40 * DAY_MS);
    await runRetention(tablet.core);
    await nothingGone(tablet, before);
  });

  it('keeps its promise on a tablet without a network that is switched off every evening', async () => {
    const tablet = await usedTablet();
    for (let day = 0; day < 36; day += 1) {
      await tablet.restart(12 * HOUR_MS);
      tablet.passTime(12 * HOUR_MS);
      await noteBelieved(tablet.core.database, tablet.core);
      await runRetention(tablet.core);
    }
    expect(await receiptsOf(tablet)).toEqual([]);
  });

  const minutes = (min: number, max: number) => fc.integer({ min, max }).map((many) => many * MINUTE_MS);

  it('cuts no link days before its time, wherever the clock is turned to and however often it is put right', async () => {
    const turns = fc.array(fc.tuple(minutes(-400 * 24 * 60, 400 * 24 * 60), minutes(0, 5 * 24 * 60)), {
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(turns, async (story) => {
        const tablet = memoryTablet();
        const id = await visit(tablet);
        for (const [turn, pass] of story) {
          tablet.turnClock(turn);
          await runRetention(tablet.core);
          tablet.passTime(pass);
          await runRetention(tablet.core);
          tablet.turnClock(-turn);
          await runRetention(tablet.core);
          expect(await receiptsOf(tablet)).toMatchObject([{ id, contribution: 'counted' }]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('closes an hour of 2015 once, where a flat battery sends the tablet there again and again', async () => {
    const tablet = memoryTablet();
    const { core } = tablet;
    const back = 4_000 * DAY_MS;
    for (let time = 0; time < 3; time += 1) {
      await tablet.restart(-back);
      await addToTally(core, 'declined');
      tablet.passTime(HOUR_MS);
      await closePastTallies(core);
      tablet.turnClock(back - HOUR_MS);
      core.clock.set({ offsetMs: 0, uncertaintyMs: 1 });
      await runRetention(core);
      tablet.passTime(25 * HOUR_MS);
      await runRetention(core);
      tablet.turnClock(-25 * HOUR_MS);
    }
    tablet.passTime(DAY_MS);
    await closePastTallies(core);
    const closed = await tablet.entriesOf('tally-closed');
    expect(new Set(closed.map(({ hour }) => hour)).size).toBe(closed.length);
    expect(closed.reduce((sum, { declined }) => sum + Number(declined), 0)).toBe(3);
  });

  it('counts who says no an hour late at most, once a clock that was believed weeks ahead is put right', async () => {
    const tablet = memoryTablet();
    const { core } = tablet;
    await addToTally(core, 'declined');
    core.clock.set({ offsetMs: 50 * DAY_MS, uncertaintyMs: 1 });
    await closePastTallies(core);
    await runRetention(core);
    core.clock.set({ offsetMs: 0, uncertaintyMs: 1 });
    await addToTally(core, 'declined');
    tablet.passTime(2 * HOUR_MS);
    await closePastTallies(core);
    expect(await tablet.entriesOf('tally-closed')).toMatchObject([
      { hour: '2026-11-24T12', declined: 1 },
      { hour: '2026-11-24T13', declined: 1 },
    ]);
  });

  it('closes each hour once and loses nobody, however the clock is turned and the tablet switched off', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('declined' as const, 'left' as const) },
      { weight: 4, arbitrary: fc.constantFrom('close' as const, 'retain' as const, 'compare' as const) },
      fc.record({ turn: fc.oneof(minutes(-180, 180), minutes(-400 * 24 * 60, 400 * 24 * 60)) }),
      fc.record({ pass: minutes(1, 40 * 24 * 60) }),
      fc.record({ off: minutes(1, 100 * 60) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const tablet = memoryTablet();
        const { core } = tablet;
        const added = { declined: 0, left: 0 };
        let wrongBy = 0;
        const compare = () => core.clock.set({ offsetMs: -wrongBy, uncertaintyMs: 1 });
        for (const what of steps) {
          if (what === 'close') await closePastTallies(core);
          else if (what === 'compare') compare();
          else if (what === 'retain') await runRetention(core);
          else if (what === 'declined' || what === 'left') {
            added[what] += 1;
            await addToTally(core, what);
          } else if ('turn' in what) {
            tablet.turnClock(what.turn);
            wrongBy += what.turn;
          } else if ('pass' in what) tablet.passTime(what.pass);
          else await tablet.restart(what.off);
          await noteBelieved(core.database, core);
        }
        compare();
        // Far enough to be past every hour that a clock which ran ahead has opened.
        tablet.passTime(50 * 365 * DAY_MS);
        await closePastTallies(core);
        const closed = await tablet.entriesOf('tally-closed');
        const sum = (kind: string) => closed.reduce((total, body) => total + Number(body[kind]), 0);
        expect({ declined: sum('declined'), left: sum('left') }).toEqual(added);
        expect(new Set(closed.map(({ hour }) => hour)).size).toBe(closed.length);
      }),
      { numRuns: 100 },
    );
  });
});
