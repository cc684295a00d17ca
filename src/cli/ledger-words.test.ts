import { describe, expect, it } from 'vitest';
import { checkLedger, type ExportReport, writeExport } from '#inspection';
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

describe('the report on the command line', () => {
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
