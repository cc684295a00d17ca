import { describe, expect, it } from 'vitest';
import { faultAfter, reportAfter } from '../testing/files.ts';
import type { LedgerMaker } from '../testing/ledger-maker.ts';

describe('a contribution', () => {
  it('follows the look that counted it, each person once', async () => {
    const report = await reportAfter(async (maker) => {
      const ids = [await maker.yes(), await maker.yes(), await maker.yes()] as const;
      const lookId = maker.look(ids);
      maker.count(lookId, ids[0]);
      maker.count(lookId, ids[1]);
    });
    expect(report.figures).toMatchObject({ contributions: 2, countedNow: 2, receipts: 3 });
  });

  it.each<[string, string, (maker: LedgerMaker) => Promise<unknown>]>([
    [
      'without a look',
      'contribution-without-look',
      async (maker) => maker.count('L'.repeat(22) as never, await maker.yes()),
    ],
    [
      'while the camera is open',
      'contribution-without-look',
      async (maker) => {
        const id = await maker.yes();
        maker.count(maker.open([id]), id);
      },
    ],
    [
      'of a look that did not count',
      'contribution-without-look',
      async (maker) => {
        const id = await maker.yes();
        maker.count(maker.look([id], { ending: 'nobody' }), id);
      },
    ],
    [
      'of a look before the last',
      'contribution-without-look',
      async (maker) => {
        const id = await maker.yes();
        const lookId = maker.look([id]);
        await maker.visit();
        maker.count(lookId, id);
      },
    ],
    [
      'of somebody whom the look was not for',
      'contribution-without-look',
      async (maker) => {
        const [other, id] = [await maker.yes(), await maker.yes()];
        maker.count(maker.look([id]), other);
      },
    ],
    [
      'twice',
      'contribution-twice',
      async (maker) => {
        const id = await maker.yes();
        const lookId = maker.look([id]);
        maker.count(lookId, id);
        maker.count(lookId, id);
      },
    ],
    [
      'after the yes was taken back',
      'contribution-after-withdrawal',
      async (maker) => {
        const id = await maker.yes();
        const lookId = maker.look([id]);
        maker.withdraw(id);
        maker.count(lookId, id);
      },
    ],
  ])('is refused %s', async (_, reason, goOn) => {
    expect(await faultAfter(goOn)).toBe(reason);
  });
});
