import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '#ledger';
import { faultAfter, pruned, reportAfter } from '../testing/files.ts';
import { LedgerMaker } from '../testing/ledger-maker.ts';

const isOfVisit = ({ entry }: LedgerRecord): boolean => /^(receipt|look|contribution)/.test(entry.kind);
const isLink = ({ entry }: LedgerRecord): boolean => entry.kind.startsWith('contribution');

const isoOf = (time = 0): string => new Date(time).toISOString();

describe('a pruned ledger', () => {
  it('is in order where only old bodies are gone, and says until when', async () => {
    const report = await reportAfter(async (maker) => {
      await maker.visit();
      await maker.visit();
      const until = maker.records.length;
      await maker.visit();
      pruned(maker, (record) => record.entry.seq < until && isOfVisit(record));
    });
    expect(report.figures).toMatchObject({
      pruned: { link: 2, receipt: 6 },
      contributions: 3,
      receipts: 3,
      looksPruned: 2,
      notCheckable: 0,
    });
  });

  it('says of links and receipts apart how many are gone, and until when', async () => {
    const times: number[] = [];
    const report = await reportAfter(async (maker) => {
      for (let visit = 0; visit < 3; visit += 1) {
        await maker.visit();
        times.push(maker.records.length);
      }
      const [first = 0, second = 0] = times;
      pruned(maker, (record) => isOfVisit(record) && record.entry.seq < (isLink(record) ? second : first));
      const timeOf = (end: number) => Date.parse(maker.records[end - 1]!.entry.time);
      times.splice(0, times.length, timeOf(first), timeOf(second));
    });
    expect(report.figures.pruned).toEqual({ link: 2, receipt: 3 });
    // The last entry of a visit is its contribution, which is written with the closing of the look.
    expect(report.prunedUntil).toEqual({ link: isoOf(times[1]), receipt: isoOf(times[0]) });
  });

  it('may be cut anywhere: what refers to the pruned part is accepted and counted', async () => {
    const whole = await LedgerMaker.begun();
    const first = await whole.visit();
    const second = await whole.yes();
    const retried = whole.look([second], { ending: 'too-many-people', framesRefused: 2 });
    expect(retried).toBeTruthy();
    whole.pass(90_000);
    whole.count(whole.look([second]), second);
    whole.withdraw(first);
    whole.withdraw(second);
    for (let until = 2; until <= whole.records.length; until += 1) {
      const report = await reportAfter((maker) => {
        Object.assign(maker, { kioskId: whole.kioskId, keys: whole.keys, records: [...whole.records] });
        pruned(maker, (record) => record.entry.seq < until && isOfVisit(record));
      });
      expect(report.figures.contributions).toBe(2);
      expect(report.figures.withdrawn).toBe(2);
    }
  });

  it('may be cut in the middle of any visit, links and receipts apart: nobody who gave age and gender is missing from a release', async () => {
    const whole = await LedgerMaker.begun();
    const begins: number[] = [];
    const come = async (people: number) => {
      for (let person = 0; person < people; person += 1) {
        begins.push(whole.records.length);
        await whole.visit((facts) => ({ ...facts, purposes: ['count', 'demographics'] }));
      }
      // As soon as it may: from exactly twice as many as go.
      whole.append('release', { people: 10, change: { '25-39/female': 10 } });
    };
    await come(20);
    await come(10);
    const end = whole.records.length;
    const cuts = [0, 10, 29].flatMap((visit) => {
      const within = [0, 1, 2, 3, 4].map((entry) => begins[visit]! + entry);
      return within.flatMap((receipts) => [...within, end].map((links) => ({ receipts, links })));
    });
    for (const { receipts, links } of cuts) {
      const cut = faultAfter((maker) => {
        Object.assign(maker, { kioskId: whole.kioskId, keys: whole.keys, records: [...whole.records] });
        pruned(
          maker,
          (record) => isOfVisit(record) && record.entry.seq < (isLink(record) ? links : receipts),
        );
      });
      expect(await cut, `links until ${links}, receipts until ${receipts}`).toBe('in order');
    }
  });

  it('counts nobody as waiting for a release whose receipt is whole and gives neither age nor gender', async () => {
    const reason = await faultAfter(async (maker) => {
      for (let person = 0; person < 19; person += 1)
        await maker.visit((facts) => ({ ...facts, purposes: ['count', 'demographics'] }));
      await maker.visit();
      pruned(maker, isLink);
      maker.append('release', { people: 10, change: { '25-39/female': 10 } });
    });
    expect(reason).toBe('release-too-soon');
  });

  it('counts nobody of a group as waiting for a release, nor anybody whom no look counted', async () => {
    const reason = await faultAfter(async (maker) => {
      for (let visit = 0; visit < 10; visit += 1) {
        const ids = [await maker.yes(), await maker.yes()];
        const lookId = maker.look(ids);
        for (const id of ids) maker.count(lookId, id);
        maker.look([await maker.yes()], { ending: 'nobody' });
      }
      const [, , firstYes, secondYes] = maker.records;
      pruned(maker, (record) => isLink(record) || record === firstYes || record === secondYes);
      maker.append('release', { people: 10, change: { '25-39/female': 10 } });
    });
    expect(reason).toBe('release-too-large');
  });

  it('keeps its first entry', async () => {
    expect(await faultAfter((maker) => void pruned(maker, ({ entry }) => entry.seq === 0))).toBe(
      'first-entry-pruned',
    );
  });

  it('keeps every body after the first of its class that it has', async () => {
    for (const kind of ['receipt-issued', 'look-opened', 'look-closed', 'contribution-recorded']) {
      const reason = await faultAfter(async (maker) => {
        await maker.visit();
        const from = maker.records.length;
        await maker.visit();
        pruned(maker, ({ entry }) => entry.seq >= from && entry.kind === kind);
      });
      expect(reason).toBe('pruned-too-new');
    }
  });

  it('keeps what is about nobody', async () => {
    const reason = await faultAfter((maker) => void pruned(maker, ({ entry }) => entry.seq === 1));
    expect(reason).toBe('pruned-for-nothing');
  });

  it('may lose its links long before its receipts: a later withdrawal leaves the number as it is', async () => {
    const report = await reportAfter(async (maker) => {
      const id = await maker.visit();
      await maker.visit();
      pruned(maker, isLink);
      await maker.visit();
      maker.withdraw(id);
    });
    expect(report.figures).toMatchObject({
      pruned: { link: 2, receipt: 0 },
      contributions: 3,
      withdrawn: 1,
      countedNow: 3,
      notCheckable: 1,
    });
  });

  it('counts nobody whom no look counted, also where the link is gone', async () => {
    const reason = await faultAfter(async (maker) => {
      const id = await maker.yes();
      maker.count(maker.look([id], { ending: 'nobody' }), id);
      pruned(maker, isLink);
    });
    expect(reason).toBe('contribution-without-look');
    const tooMany = await faultAfter(async (maker) => {
      const id = await maker.yes();
      const lookId = maker.look([id]);
      maker.count(lookId, id);
      maker.count(lookId, id);
      pruned(maker, isLink);
    });
    expect(tooMany).toBe('contribution-without-look');
  });

  it('names no more receipts of the pruned part than there were', async () => {
    const reason = await faultAfter(async (maker) => {
      await maker.visit();
      pruned(maker, isOfVisit);
      maker.withdraw('AAAAAAAAAAAAAAAAAAAAAA' as never);
      maker.withdraw('BBBBBBBBBBBBBBBBBBBBBB' as never);
    });
    expect(reason).toBe('receipt-unknown');
  });
});

describe('what follows a pruned part', () => {
  const onlyReceipts = ({ entry }: LedgerRecord) => /^(receipt|look)/.test(entry.kind);
  type Going = (maker: LedgerMaker) => Promise<unknown>;

  it.each<[string, string, Going]>([
    [
      'counts nobody who said yes only after its newest look',
      'contribution-without-look',
      async (maker) => {
        const lookId = maker.look([await maker.yes()]);
        pruned(maker, onlyReceipts);
        maker.count(lookId, await maker.yes());
      },
    ],
    [
      'counts no more people in a pruned look than a look has room for',
      'contribution-without-look',
      async (maker) => {
        const ids = [await maker.yes(), await maker.yes()] as const;
        const lookId = maker.look([ids[0]]);
        for (let person = 0; person < 9; person += 1) maker.count(lookId, ids[0]);
        pruned(maker, (record) => onlyReceipts(record) || isLink(record));
      },
    ],
    [
      'adds what is pruned and what is not of one look up',
      'contribution-without-look',
      async (maker) => {
        const ids = [await maker.yes(), await maker.yes()] as const;
        const lookId = maker.look(ids);
        maker.count(lookId, ids[0]);
        pruned(maker, isLink);
        maker.count(lookId, ids[0]);
        maker.count(lookId, ids[1]);
      },
    ],
    [
      'calls a pruned look by one id',
      'contribution-without-look',
      async (maker) => {
        const ids = [await maker.yes(), await maker.yes()] as const;
        const lookId = maker.look(ids);
        pruned(maker, onlyReceipts);
        maker.count(lookId, ids[0]);
        maker.count('L'.repeat(22) as never, ids[1]);
      },
    ],
    [
      'looks for nobody again who was counted',
      'look-again',
      async (maker) => {
        const id = await maker.yes();
        const lookId = maker.look([id]);
        pruned(maker, onlyReceipts);
        maker.count(lookId, id);
        maker.look([id]);
      },
    ],
    [
      'measures the wait of those whose yes is not pruned',
      'look-too-late',
      async (maker) => {
        const first = await maker.yes();
        pruned(maker, onlyReceipts);
        const second = await maker.yes();
        maker.pass(60_000).look([first, second]);
      },
    ],
    [
      'has no yes while a camera is open',
      'look-still-open',
      async (maker) => {
        const ids = [await maker.yes()];
        const lookId = maker.open(ids);
        await maker.yes();
        maker.close(lookId, ids);
        pruned(maker, onlyReceipts);
      },
    ],
    [
      'has no look without a yes before it',
      'receipt-unknown',
      async (maker) => {
        maker.look(['A'.repeat(22) as never]);
        pruned(maker, onlyReceipts);
      },
    ],
  ])('%s', async (_, reason, goOn) => {
    expect(await faultAfter(goOn)).toBe(reason);
  });
});
