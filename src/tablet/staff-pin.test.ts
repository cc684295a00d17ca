import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#values';
import { checkStaffPin } from './staff-pin.ts';
import { type MemoryTablet, memoryTablet, pinSettings } from './testing/memory-tablet.ts';

const YEAR_MS = 365 * 24 * HOUR_MS;
let tablet: MemoryTablet;
beforeEach(async () => {
  tablet = memoryTablet(await pinSettings('2468'));
});

const guess = (pin: string) => checkStaffPin(tablet.core, pin);
async function guessWrong(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await guess('0000');
}

describe('the staff PIN', () => {
  it('opens, and only it does', async () => {
    expect(await guess('0000')).toEqual({ ok: false, reason: 'wrong' });
    expect(await guess('2468')).toEqual({ ok: true });
  });

  it('is not even tried for a minute after five wrong guesses, and longer after five more', async () => {
    await guessWrong(5);
    expect(await guess('2468')).toEqual({ ok: false, reason: 'locked' });
    tablet.turnClock(MINUTE_MS);
    await guessWrong(5);
    tablet.turnClock(MINUTE_MS);
    expect(await guess('2468')).toEqual({ ok: false, reason: 'locked' });
    tablet.turnClock(MINUTE_MS);
    expect(await guess('2468')).toEqual({ ok: true });
  });

  it('starts afresh after a right one', async () => {
    await guessWrong(4);
    await guess('2468');
    await guessWrong(4);
    expect(await guess('2468')).toEqual({ ok: true });
  });

  it('counts guesses that come at the same moment one by one', async () => {
    const guesses = await Promise.all(Array.from({ length: 20 }, () => guess('0000')));
    expect(guesses.filter((answer) => !answer.ok && answer.reason === 'wrong')).toHaveLength(5);
  });

  it('never locks the owner out for more than an hour, also when the clock was years ahead', async () => {
    tablet.turnClock(10 * YEAR_MS);
    await guessWrong(5);
    tablet.turnClock(-10 * YEAR_MS);
    expect(await guess('2468')).toEqual({ ok: true });
  });

  it('is not opened by a guess that could not be counted, which is not called wrong either', async () => {
    for (const pin of ['2468', '0000']) {
      tablet.database.nextFault = new DOMException('The disk is full.', 'QuotaExceededError');
      expect(await guess(pin)).toEqual({ ok: false, reason: 'storage-full' });
    }
  });
});
