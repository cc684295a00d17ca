import { describe, expect, it } from 'vitest';
import type { Json } from '#values';
import { FACT_NAMES, figureFacts, fileFacts, kioskFacts } from './facts.ts';
import type { ExportReport, KioskReport } from './report.ts';
import { checkOf } from './testing/files.ts';
import { LedgerMaker } from './testing/ledger-maker.ts';

/** The leaves of a value, each with its path. */
function leaves(value: Json | undefined, path: string): [string, Json][] {
  if (typeof value !== 'object' || value === null) return [[path, value ?? null]];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, `${path}.${key}`));
}

/** The same value with every number and every time in it another one, so that none can stand for one that is missing. */
function marked(value: Json, next = { number: 0 }): Json {
  if (value === null || typeof value === 'number' || isTime(value)) {
    next.number += 1_000;
    return isTime(value) ? new Date(next.number).toISOString() : next.number;
  }
  if (Array.isArray(value)) return value.map((part) => marked(part, next));
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, marked(part as Json, next)]));
  return value;
}

const isTime = (value: Json): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value);
/** Told in another unit, as the heading, or as a sentence of its own. */
const inSeconds = ([path, value]: [string, Json]): Json =>
  typeof value === 'number' && path.endsWith('Ms') ? value / 1_000 : value;
const TOLD_ELSEWHERE = /^\.(kioskId|gaps\.)/;

async function fullReport(): Promise<ExportReport> {
  const maker = await LedgerMaker.begun();
  await maker.visit();
  await maker.checkpoint();
  const outcome = await checkOf(maker);
  if (!outcome.ok) throw new Error(outcome.reason);
  const [kiosk] = outcome.report.kiosks;
  const time = outcome.report.made;
  const pruned = { ...kiosk!, prunedUntil: { link: time, receipt: time } };
  return marked({ ...outcome.report, kiosks: [pruned] } as unknown as Json) as unknown as ExportReport;
}

function expectTold(facts: unknown, of: unknown): void {
  const told = new Set(leaves(facts as Json, '').map(([, value]) => value));
  for (const leaf of leaves(of as Json, ''))
    if (!TOLD_ELSEWHERE.test(leaf[0])) expect(told, leaf[0]).toContain(inSeconds(leaf));
}

describe('the facts of a report', () => {
  it('are all that it holds of the file, of each kiosk, and of all of them together', async () => {
    const { kiosks, total, ...file } = await fullReport();
    const [kiosk] = kiosks;
    expectTold(fileFacts(file as ExportReport), file);
    expectTold(kioskFacts(kiosk!), kiosk);
    expectTold(figureFacts(total), total);
  });

  it('come in their order, each once, and none of the names is never used', async () => {
    const report = await fullReport();
    const facts = [...fileFacts(report), ...kioskFacts(report.kiosks[0] as KioskReport)];
    expect(facts.map(({ name }) => name)).toEqual(FACT_NAMES);
  });
});
