import { describe, expect, it } from 'vitest';
import { faultAfter, reportAfter } from '../testing/files.ts';
import type { LedgerMaker } from '../testing/ledger-maker.ts';

async function tenPeople(maker: LedgerMaker): Promise<void> {
  for (let person = 0; person < 10; person += 1) {
    await maker.visit((facts) => ({ ...facts, purposes: ['count', 'demographics'] }));
  }
}
const released =
  (people: number, change: Readonly<Record<string, number>>, times = 1) =>
  async (maker: LedgerMaker) => {
    await tenPeople(maker);
    for (let time = 0; time < times; time += 1) maker.append('release', { people, change });
  };

describe('a release', () => {
  it('of ten people who gave age and gender is in order', async () => {
    const report = await reportAfter(released(10, { '25-39/female': 6, 'not-sure/not-sure': 4 }));
    expect(report.figures).toMatchObject({ releases: 1, releasedPeople: 10 });
  });

  it('of fewer is refused', async () => {
    expect(await faultAfter(released(9, { '25-39/female': 9 }))).toBe('release-too-small');
  });

  it('whose cells do not add up is refused', async () => {
    expect(await faultAfter(released(10, { '25-39/female': 9 }))).toBe('release-sum-wrong');
  });

  it('of a cell that nobody knows is refused', async () => {
    expect(await faultAfter(released(10, { 'under-10/female': 10 }))).toBe('not-a-line');
  });

  it('of more people than were counted is refused, also in two parts', async () => {
    expect(await faultAfter(released(11, { '25-39/female': 11 }))).toBe('release-too-large');
    expect(await faultAfter(released(10, { '25-39/female': 10 }, 2))).toBe('release-too-large');
  });

  it('of people who gave no age and gender is refused', async () => {
    const reason = await faultAfter(async (maker) => {
      for (let person = 0; person < 10; person += 1) await maker.visit();
      maker.append('release', { people: 10, change: { '25-39/female': 10 } });
    });
    expect(reason).toBe('release-too-large');
  });
});
