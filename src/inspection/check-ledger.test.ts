import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashNotice } from '#consent';
import { checkLedger } from './check-ledger.ts';
import { FAULT_REASONS, faultInWords } from './faults.ts';
import { legible } from './legible.ts';
import {
  checking,
  checkingOfManyAlike,
  checkLines,
  checkOf,
  contentOf,
  endedAnew,
  linesOf,
  pruned,
} from './testing/files.ts';
import { LedgerMaker, makeKeys } from './testing/ledger-maker.ts';
import { ALL_GIVE, playAll, playVisits, USUAL } from './testing/play-visits.ts';
import { controller, english, otherShop, shop } from './testing/test-shop.ts';
import { writeExport } from './write-export.ts';

const PATIENCE_MS = 60_000;
const MANY = 100_000;
const isLink = (kind: string): boolean => kind.startsWith('contribution');
const isReceipt = (kind: string): boolean => /^(receipt|look)/.test(kind);
/** Doubles would nearly all be next to zero: they are drawn from the numbers that there are, not evenly. */
const part = fc.nat(MANY).map((drawn) => drawn / MANY);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const LINES_BETWEEN_MEASURES = 400;

function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('an export in order', { timeout: PATIENCE_MS }, () => {
  it('passes with all that happens in half a year, and adds up over its kiosks', async () => {
    const makers = await Promise.all([7, 8].map(async (seed) => playAll(await LedgerMaker.begun(seed), 400)));
    const outcome = await checkOf(...makers);
    if (!outcome.ok) throw new Error(`${outcome.reason} in line ${outcome.line}`);
    const { kiosks, total } = outcome.report;
    for (const { figures, gaps, newestCheckpoint } of kiosks) {
      expect(gaps).toEqual([]);
      expect(newestCheckpoint?.seq).toBe(figures.entries - 1);
      for (const ending of ['counted', 'nobody', 'too-many-people', 'interrupted'] as const) {
        expect(figures.looks[ending]).toBeGreaterThan(0);
      }
      const { visitor, guardian } = figures.receiptsByGiver;
      expect(visitor + guardian).toBe(figures.receipts);
      expect(figures.countedNow).toBe(figures.contributions - figures.withdrawn);
      expect(figures.releasedPeople).toBeGreaterThan(0);
      expect(figures.clockChanges).toBe(1);
    }
    const [first, second] = kiosks.map(({ figures }) => figures);
    expect(total.cameraMs).toBe(first!.cameraMs + second!.cameraMs);
    expect(total.looks.counted).toBe(first!.looks.counted + second!.looks.counted);
  });

  it.each([
    ['whatever happened', USUAL],
    ['where everybody gives all', ALL_GIVE],
  ])(
    'passes %s, whole or pruned up to anywhere, with releases as soon as they may be',
    async (_, percent) => {
      const keys = await makeKeys();
      const cuts = fc.array(fc.tuple(part, part), { minLength: 30, maxLength: 30 });
      let releases = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(), cuts, async (seed, places) => {
          const maker = await playAll(await LedgerMaker.begun(seed, keys), 60, percent);
          const by = checkingOfManyAlike();
          const whole = await checkLines(await linesOf(maker.exported()), by);
          if (!whole.ok) throw new Error(JSON.stringify(whole));
          const before = whole.report.total;
          releases += before.releases;
          const { records } = maker;
          for (const [links, receipts] of places) {
            maker.records = records;
            pruned(maker, ({ entry }) => isLink(entry.kind) && entry.seq < links * records.length);
            pruned(maker, ({ entry }) => isReceipt(entry.kind) && entry.seq < receipts * records.length);
            const cut = await checkLines(await linesOf(maker.exported()), by);
            if (!cut.ok) throw new Error(JSON.stringify(cut));
            const after = cut.report.total;
            const { contributions, withdrawn, releasedPeople, tallies } = before;
            expect(after).toMatchObject({ contributions, withdrawn, releasedPeople, tallies });
            expect(after.receipts).toBe(before.receipts);
            expect(after.countedNow).toBeGreaterThanOrEqual(before.countedNow);
          }
        }),
        // What is found needs no smaller example: the seed and the two places are one.
        { numRuns: 2, endOnFailure: true },
      );
      expect(releases).toBeGreaterThan(0);
    },
  );

  it('names the key as the links of its receipts do', async () => {
    const maker = await LedgerMaker.begun();
    const outcome = await checkOf(maker);
    expect(outcome.ok && outcome.report.kiosks[0]?.keyThumbprint).toBe(maker.keys.kid);
  });

  it('names twenty notices of a kiosk and says how many more there are, however many and long their versions are', async () => {
    const notices = Array.from({ length: 25 }, (_, number) => ({
      shopId: shop.id,
      notice: { ...english, version: `${number}`.padEnd(2_000, 'x') },
    }));
    const maker = new LedgerMaker(await makeKeys());
    maker.pair();
    for (const { notice } of notices) maker.bringIntoForce(notice);
    const name = 'n'.repeat(2_000);
    const lines = writeExport(
      { ...contentOf([maker.exported()]), controllers: [{ ...controller, name }], notices },
      checking,
    );
    const bytes = new TextEncoder().encode((await Array.fromAsync(lines)).join(''));
    const outcome = await checkLedger([bytes], checking);
    if (!outcome.ok) throw new Error(outcome.reason);
    const { kiosks, controllers } = outcome.report;
    expect(kiosks[0]?.notices).toMatchObject({ more: 5 });
    expect(kiosks[0]?.notices.first.map(({ version }) => legible(version))).toEqual(
      notices.slice(0, 20).map(({ notice }) => legible(notice.version)),
    );
    expect(controllers.first.map((one) => legible(one.name))).toEqual([legible(name)]);
    expect(JSON.stringify(outcome.report).length).toBeLessThan(10_000);
  });

  it('may hold no kiosk, or one that has not written yet', async () => {
    expect(await checkOf()).toMatchObject({ ok: true, report: { kiosks: [] } });
    expect(await checkOf(new LedgerMaker(await makeKeys()))).toMatchObject({
      ok: true,
      report: { kiosks: [{ gaps: ['no-entries', 'no-checkpoint'] }] },
    });
  });

  it('takes no more memory for more of it', async () => {
    const maker = await LedgerMaker.begun();
    async function* records() {
      yield* maker.records.splice(0);
      yield* playVisits(maker, 1_000);
    }
    const lines = writeExport(contentOf([{ ...maker.exported(), records: records() }]), checking);
    const heap: number[] = [];
    async function* chunks() {
      for await (const line of lines) yield new TextEncoder().encode(line);
    }
    const outcome = await checkLedger(chunks(), checking, ({ lines: done }) => {
      if (done % LINES_BETWEEN_MEASURES === 0) heap.push(heapInUse());
    });
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(outcome.report.bytes).toBeGreaterThan(10_000_000);
    expect(heap.at(-1)! - heap[1]!).toBeLessThan(2_000_000);
  });
});

describe('the lines around the ledgers', () => {
  let lines: string[];
  let maker: LedgerMaker;
  beforeAll(async () => {
    maker = await LedgerMaker.begun();
    await maker.checkpoint();
    lines = await linesOf(maker.exported());
  });
  const at = (type: string): number => lines.findIndex((line) => line.includes(`"type":"${type}"`));
  const line = (type: string): string => lines[at(type)]!;
  const faultOf = async (changed: readonly string[]) => {
    const outcome = await checkLines(endedAnew(changed));
    return outcome.ok ? 'in order' : outcome.reason;
  };
  const replaced = (type: string, from: string | RegExp, to: string): string[] =>
    lines.with(at(type), line(type).replace(from, to));

  it('are in order as they are written', async () => {
    expect(await faultOf(lines)).toBe('in order');
  });

  it.each<[string, string, () => string[]]>([
    ['no header', 'header-missing', () => lines.slice(1)],
    ['a second header', 'line-out-of-place', () => lines.toSpliced(3, 0, lines[0]!)],
    ['a shop before its controller', 'controller-unknown', () => lines.with(1, lines[2]!).with(2, lines[1]!)],
    ['a notice among the kiosks', 'line-out-of-place', () => [...lines.slice(0, -1), line('notice')]],
    ['an entry before any kiosk', 'line-out-of-place', () => lines.toSpliced(at('kiosk'), 0, line('record'))],
    ['a checkpoint before any kiosk', 'line-out-of-place', () => lines.toSpliced(at('kiosk'), 1)],
    ['an entry after a checkpoint', 'line-out-of-place', () => [...lines.slice(0, -1), line('record')]],
    ['a controller twice', 'named-twice', () => lines.toSpliced(at('shop'), 0, line('controller'))],
    ['a shop twice', 'named-twice', () => lines.toSpliced(at('notice'), 0, line('shop'))],
    ['a notice twice', 'named-twice', () => lines.toSpliced(at('kiosk'), 0, line('notice'))],
    ['a kiosk twice', 'named-twice', () => lines.toSpliced(at('record'), 0, line('kiosk'))],
    ['a shop of nobody', 'controller-unknown', () => replaced('shop', '"harbour"', '"nobody"')],
    [
      'a shop in no time zone',
      'time-zone-unknown',
      () => replaced('shop', 'Europe/Dublin', 'Europe/Atlantis'),
    ],
    ['a notice of no shop', 'shop-unknown', () => replaced('notice', '"harbour-street"', '"nowhere"')],
    [
      'a notice of another controller',
      'controller-unknown',
      () => replaced('notice', '"harbour"', '"nobody"'),
    ],
    ['a notice with another text', 'notice-hash-wrong', () => replaced('notice', 'count me', 'film me')],
    ['a kiosk in no shop', 'shop-unknown', () => replaced('kiosk', '"harbour-street"', '"nowhere"')],
    ['a kiosk of another controller', 'controller-unknown', () => replaced('kiosk', '"harbour"', '"nobody"')],
    [
      'a kiosk whose key is not on the curve',
      'key-unusable',
      () => replaced('kiosk', /"x":"[^"]+"/, `"x":"${'A'.repeat(43)}"`),
    ],
  ])('are refused with %s', async (_, reason, change) => {
    expect(await faultOf(change())).toBe(reason);
  });

  it('are counted and hashed by the last', async () => {
    expect(await checkLines(lines.slice(0, -1))).toMatchObject({ reason: 'end-missing', line: lines.length });
    expect(await checkLines(lines.toSpliced(at('checkpoint'), 1))).toMatchObject({
      reason: 'line-count-wrong',
    });
    const renamed = replaced('controller', 'Harbour Street Motors', 'Somebody Else');
    expect(await checkLines(renamed)).toMatchObject({ reason: 'file-hash-wrong', line: lines.length });
  });

  it('are told apart from a ledger of another shop', async () => {
    const elsewhere = new LedgerMaker(await makeKeys(), 2, otherShop);
    elsewhere.pair();
    const content = {
      ...contentOf([elsewhere.exported()]),
      shops: [shop, otherShop],
      notices: [{ shopId: otherShop.id, notice: english }],
    };
    const whole = await Array.fromAsync(writeExport(content, checking));
    expect(await checkLedger([new TextEncoder().encode(whole.join(''))], checking)).toMatchObject({
      ok: true,
    });
    const moved = whole.map((text) =>
      text.slice(0, -1).replace(/("publicKey":.*"shopId":)"hill-street"/, '$1"harbour-street"'),
    );
    const kiosk = moved.findIndex((text) => text.endsWith('"type":"kiosk"}'));
    const original = whole.map((text) => text.slice(0, -1));
    expect(await faultOf(original.with(kiosk, moved[kiosk]!))).toBe('pairing-wrong');
  });

  it('name the kiosk and the number of the first wrong entry', async () => {
    const { kioskId } = maker;
    const seq = 1;
    const wrong = lines.with(at('record') + seq, line('record'));
    expect(await checkLines(endedAnew(wrong))).toEqual({
      ok: false,
      reason: 'sequence-broken',
      line: at('record') + seq + 1,
      kioskId,
      seq: 0,
    });
  });

  it('hold the notices with the hashes that receipts name', () => {
    expect(lines.filter((text) => text.includes(`"hash":"${hashNotice(english)}"`))).toHaveLength(1);
    expect(line('controller')).toContain(controller.address);
  });
});

describe('what can be wrong', () => {
  it('has a whole sentence each', () => {
    for (const reason of FAULT_REASONS) expect(faultInWords(reason)).toMatch(/^[A-Z].*\.$/);
  });
});
