import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '#ledger';
import { faultAfter, pruned, reportAfter } from '../testing/files.ts';
import { LedgerMaker } from '../testing/ledger-maker.ts';
import { english } from '../testing/test-shop.ts';

const isOfVisit = ({ entry }: LedgerRecord): boolean => /^(receipt|look|contribution)/.test(entry.kind);

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
      pruned: 8,
      contributions: 3,
      receipts: 3,
      looksPruned: 2,
      notCheckable: 0,
    });
    expect(report.prunedUntil).not.toBeNull();
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

  it('keeps its first entry', async () => {
    expect(await faultAfter((maker) => void pruned(maker, ({ entry }) => entry.seq === 0))).toBe(
      'first-entry-pruned',
    );
  });

  it('keeps every body after the first of a visit that it has', async () => {
    for (const kind of ['look-closed', 'contribution-recorded', 'notice-in-force']) {
      const reason = await faultAfter(async (maker) => {
        await maker.visit();
        maker.bringIntoForce(english);
        pruned(maker, ({ entry }) => entry.seq > 2 && entry.kind === kind);
      });
      expect(reason).toBe('pruned-too-new');
    }
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
