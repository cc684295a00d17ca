import { describe, expect, it } from 'vitest';
import { checkLedger, type ExportReport, type Fact, GAPS, kioskFacts, writeExport } from '#inspection';
import { contentOf, LedgerMaker } from '#inspection/testing';
import { reportLines } from './ledger-words.ts';
import { nodeChecking, nodeHashing } from './node-hashing.ts';

async function reportOfOneKiosk(): Promise<ExportReport> {
  const maker = await LedgerMaker.begun();
  const lines = writeExport(contentOf([maker.exported()]), nodeHashing);
  const file = new TextEncoder().encode((await Array.fromAsync(lines)).join(''));
  const outcome = await checkLedger([file], nodeChecking);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.report;
}

/** What of a fact must stand on its line. */
function sought(fact: Fact): readonly string[] {
  switch (fact.kind) {
    case 'number':
      return [`: ${fact.number}`];
    case 'seconds':
      return [`: ${fact.seconds} seconds`];
    case 'time':
      return [fact.time];
    case 'id':
      return [fact.id];
    case 'names':
      return fact.names.first.map(({ id }) => id);
    case 'notices':
      return fact.notices.first.map(({ hash }) => hash);
    case 'endings':
      return fact.endings.map(({ ending, count }) => `${ending} ${count}`);
    case 'checkpoint':
      return [`entry ${fact.checkpoint.seq}, signed ${fact.checkpoint.time}`];
  }
}

describe('the report on the command line', () => {
  it('prints every fact of a kiosk, and says how much it is that the ledger leaves open', async () => {
    const report = await reportOfOneKiosk();
    const [kiosk] = report.kiosks;
    const { figures } = kiosk!;
    const full = {
      ...kiosk!,
      figures: {
        ...figures,
        lateInterrupted: 3,
        longLooks: 5,
        longLooksMs: 7_000,
        clockChanges: 11,
        pruned: { link: 13, receipt: 17 },
        notCheckable: 19,
        looks: { ...figures.looks, counted: 23, interrupted: 29 },
      },
      prunedUntil: { link: report.made, receipt: report.made },
      gaps: GAPS,
      entriesAfterCheckpoint: 31,
    };
    const lines = [...reportLines('file.jsonl', { ...report, kiosks: [full] })].join('\n');
    for (const word of kioskFacts(full).flatMap(sought)) expect(lines).toContain(word);
    for (const note of ['3 looks were', '5 looks have', '7 seconds together', '31 entries after'])
      expect(lines).toMatch(new RegExp(`NOTE: .*${note}`));
    expect(lines.match(/NOTE: /g)).toHaveLength(GAPS.length);
  });

  it('comes line by line, none of them long, for as many kiosks as a file may hold', async () => {
    const report = await reportOfOneKiosk();
    const [kiosk] = report.kiosks;
    const [notice] = kiosk!.notices.first;
    const first = Array<typeof notice>(20).fill({ ...notice!, version: 'v'.repeat(202) });
    const full = { ...kiosk!, notices: { first: first.map((one) => one!), more: 9_980 } };
    let kiosks = 0;
    let longest = 0;
    for (const line of reportLines('file.jsonl', { ...report, kiosks: Array(10_000).fill(full) })) {
      if (line.startsWith('Kiosk ')) kiosks += 1;
      longest = Math.max(longest, line.length);
    }
    expect(kiosks).toBe(10_000);
    expect(longest).toBeLessThan(5_000);
  });
});
