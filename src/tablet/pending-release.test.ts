import { describe, expect, it } from 'vitest';
import { MINUTE_MS, type ReceiptId } from '#values';
import { commit } from './commit.ts';
import { LONGEST_PAUSE_MS, releaseIfDue } from './pending-release.ts';
import { idNamed, letReleasesGo, type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';

/** As many answers of many kinds as this wait on the tablet. */
async function haveWaiting({ core }: MemoryTablet, people: number, promised = 10): Promise<void> {
  await commit(core.database, core, async ({ transaction }) => {
    for (let person = 0; person < people; person += 1) {
      const receiptId: ReceiptId = idNamed(`person-${person}`);
      const cell = person % 2 === 0 ? '25-39/male' : '60-plus/female';
      await transaction.objectStore('answers').put({ receiptId, cell, promised, state: 'add' });
    }
  });
}
const releasesOf = async (tablet: MemoryTablet) => (await tablet.entriesOf('release')).length;

describe('a release', () => {
  it('never goes right after the tap that makes the people enough', async () => {
    const tablet = memoryTablet();
    await releaseIfDue(tablet.core);
    await haveWaiting(tablet, 30);
    await releaseIfDue(tablet.core);
    tablet.turnClock(29 * MINUTE_MS);
    await releaseIfDue(tablet.core);
    expect(await releasesOf(tablet)).toBe(0);
    tablet.turnClock(LONGEST_PAUSE_MS - 29 * MINUTE_MS);
    await releaseIfDue(tablet.core);
    expect(await releasesOf(tablet)).toBeGreaterThan(0);
  });

  it('goes as often as there are people for, so that a busy shop’s answers do not pile up', async () => {
    const tablet = memoryTablet();
    await haveWaiting(tablet, 300);
    await letReleasesGo(tablet);
    expect(await releasesOf(tablet)).toBeGreaterThanOrEqual(27);
    expect((await tablet.answers()).filter(({ state }) => state === 'add').length).toBeGreaterThanOrEqual(10);
  });

  it('keeps what was promised, where the setting was lowered since', async () => {
    const tablet = memoryTablet({ releaseMin: 10 });
    await haveWaiting(tablet, 60, 20);
    await letReleasesGo(tablet);
    for (const { people } of await tablet.entriesOf('release')) expect(people).toBe(20);
    expect(await releasesOf(tablet)).toBeGreaterThan(0);
  });

  it('waits for the same number of people, however often it is tried', async () => {
    const tablet = memoryTablet();
    await releaseIfDue(tablet.core);
    const planned = async () =>
      (await tablet.core.database.get('meta', 'releasePlan')) as { readonly patience: number };
    const { patience } = await planned();
    await haveWaiting(tablet, 19);
    for (let time = 0; time < 20; time += 1) await letReleasesGo(tablet);
    expect(await planned()).toMatchObject({ patience });
    expect(await releasesOf(tablet)).toBe(0);
  });

  it('is tried again where the clock that drew its moment was years ahead', async () => {
    const tablet = memoryTablet();
    const years = 3 * 365 * 24 * 60 * MINUTE_MS;
    tablet.turnClock(years);
    await haveWaiting(tablet, 30);
    await releaseIfDue(tablet.core);
    tablet.turnClock(-years);
    await releaseIfDue(tablet.core);
    expect(await releasesOf(tablet)).toBeGreaterThan(0);
  });
});
