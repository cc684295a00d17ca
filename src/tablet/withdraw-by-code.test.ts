import { beforeEach, describe, expect, it } from 'vitest';
import { hashWithdrawalCode, readWithdrawalCode, type WithdrawalCode } from '#consent';
import { HOUR_MS, MINUTE_MS, type ReceiptId } from '#values';
import { commit } from './commit.ts';
import { type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';
import { withdrawByCode } from './withdraw-by-code.ts';

const CODE = readWithdrawalCode('ABCDEFGH') as WithdrawalCode;
const receiptId = 'AAAAAAAAAAAAAAAAAAAAAA' as ReceiptId;
let tablet: MemoryTablet;

beforeEach(async () => {
  tablet = memoryTablet();
  const { core } = tablet;
  await commit(core.database, core, async ({ transaction }) => {
    const hash = hashWithdrawalCode(CODE, core.paired.kioskId);
    await transaction.objectStore('codes').put({ hash, receiptId });
    await transaction
      .objectStore('receipts')
      .put({ id: receiptId, purposes: ['count'], issuedAt: core.now(), contribution: 'counted' });
  });
});

const type = (typed: string) => withdrawByCode(tablet.core, typed);
const receipt = () => tablet.core.database.get('receipts', receiptId);
const kinds = async () =>
  (await tablet.core.database.getAll('entries')).map(({ entry }) => entry.kind as string);

describe('a withdrawal by code', () => {
  it('takes the receipt back, once, however often it is typed', async () => {
    expect(await type('abcd-efgh')).toEqual({ ok: true, wasTooLate: false });
    expect(await type('ABCDEFGH')).toEqual({ ok: true, wasTooLate: false });
    expect(await receipt()).toMatchObject({ contribution: 'withdrawn' });
    expect(await kinds()).toEqual(['contribution-withdrawn']);
  });

  it('says of a receipt whose link is cut that the number stays, however often it is typed', async () => {
    const { core } = tablet;
    const before = await core.database.get('receipts', receiptId);
    await commit(core.database, core, async ({ transaction }) => {
      if (before !== undefined)
        await transaction.objectStore('receipts').put({ ...before, contribution: 'cut' });
    });
    expect(await type('ABCDEFGH')).toEqual({ ok: true, wasTooLate: true });
    expect(await type('ABCDEFGH')).toEqual({ ok: true, wasTooLate: true });
    expect(await kinds()).toEqual(['contribution-withdrawn']);
  });

  it.each([
    ['that was never given', 'ABCDEFGJ'],
    ['that is none', 'hello'],
    ['that is empty', ''],
  ])('with a code %s changes nothing, and gets one and the same answer', async (_, typed) => {
    expect(await type(typed)).toEqual({ ok: false, reason: 'wrong' });
    expect(await receipt()).toMatchObject({ contribution: 'counted' });
    expect(await kinds()).toEqual([]);
  });

  it('is not called wrong where the disk is full, whether the code is right or not', async () => {
    for (const typed of ['ABCDEFGH', 'ABCDEFGJ']) {
      tablet.database.nextFault = new DOMException('The disk is full.', 'QuotaExceededError');
      expect(await type(typed)).toEqual({ ok: false, reason: 'storage-full' });
    }
    expect(await kinds()).toEqual([]);
  });

  it('is not even tried for a while after five wrong codes, and then works', async () => {
    for (let guess = 0; guess < 5; guess += 1) await type('ABCDEFGJ');
    expect(await type('ABCDEFGH')).toEqual({ ok: false, reason: 'locked' });
    tablet.turnClock(MINUTE_MS);
    expect(await type('ABCDEFGH')).toEqual({ ok: true, wasTooLate: false });
  });

  it('with a right code in between gives no further wrong ones', async () => {
    const answers: unknown[] = [];
    for (let guess = 0; guess < 200; guess += 1) {
      answers.push(await type(guess % 5 === 4 ? 'ABCDEFGH' : 'ABCDEFGJ'));
    }
    expect(answers.filter((answer) => JSON.stringify(answer).includes('wrong'))).toHaveLength(5);
  });

  it('with right codes alone is never locked', async () => {
    for (let guess = 0; guess < 30; guess += 1)
      expect(await type('ABCDEFGH')).toEqual({ ok: true, wasTooLate: false });
  });

  it('forgets the wrong codes of a prankster after the longest lock without one', async () => {
    for (let guess = 0; guess < 60; guess += 1) {
      await type('ABCDEFGJ');
      tablet.turnClock(15 * MINUTE_MS);
    }
    tablet.turnClock(HOUR_MS);
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await type('ABCDEFGJ')).toEqual({ ok: false, reason: 'wrong' });
    }
    tablet.turnClock(MINUTE_MS);
    expect(await type('ABCDEFGH')).toEqual({ ok: true, wasTooLate: false });
  });
});
