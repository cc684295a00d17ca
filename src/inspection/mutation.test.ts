import { beforeAll, describe, expect, it } from 'vitest';
import { checkLedger } from './check-ledger.ts';
import { FAULT_REASONS } from './faults.ts';
import { bytesOf, checking, checkLines, endedAnew, linesOf } from './testing/files.ts';
import { LedgerMaker } from './testing/ledger-maker.ts';
import { playAll } from './testing/play-visits.ts';

const PATIENCE_MS = 60_000;

const withoutNotices = (lines: readonly string[]): string =>
  lines.filter((line) => !line.startsWith('{"hash"')).join();

describe('a file that somebody changed', { timeout: PATIENCE_MS }, () => {
  let lines: string[];
  let ledger: LedgerMaker;
  beforeAll(async () => {
    ledger = await LedgerMaker.begun();
    await ledger.visit();
    ledger.withdraw(await ledger.visit());
    await ledger.checkpoint();
    lines = await linesOf(ledger.exported());
  });

  async function failsInOrder(bytes: Uint8Array): Promise<void> {
    const outcome = await checkLedger([bytes], checking);
    expect(outcome.ok).toBe(false);
    if (!outcome.ok) expect(FAULT_REASONS).toContain(outcome.reason);
  }

  it('passes as it was', async () => {
    expect(await checkLines(lines)).toMatchObject({ ok: true });
  });

  it('never passes cut off anywhere', async () => {
    const bytes = bytesOf(lines);
    for (let length = 0; length < bytes.length; length += 101) await failsInOrder(bytes.slice(0, length));
    for (let cut = 1; cut < 200; cut += 1) await failsInOrder(bytes.slice(0, -cut));
  });

  it('never passes with lines dropped, doubled or changed in order, whatever the end line says', async () => {
    const entries = lines.flatMap((line, index) => (line.includes('"type":"record"') ? [index] : []));
    for (let index = 0; index < lines.length; index += 1) {
      expect(await checkLines(lines.toSpliced(index, 1))).toMatchObject({ ok: false });
      expect(await checkLines(lines.toSpliced(index, 0, lines[index]!))).toMatchObject({ ok: false });
    }
    for (const index of entries) {
      expect(await checkLines(endedAnew(lines.toSpliced(index, 1)))).toMatchObject({ ok: false });
      expect(await checkLines(endedAnew(lines.toSpliced(index, 0, lines[index]!)))).toMatchObject({
        ok: false,
      });
      for (const other of entries.filter((at) => at > index)) {
        const swapped = lines.with(index, lines[other]!).with(other, lines[index]!);
        expect(await checkLines(endedAnew(swapped))).toMatchObject({ ok: false });
      }
    }
  });

  it('never passes with every line in another place', async () => {
    for (let from = 0; from < lines.length; from += 1) {
      for (let to = 0; to < lines.length; to += 1) {
        if (from === to) continue;
        const moved = lines.toSpliced(from, 1).toSpliced(to, 0, lines[from]!);
        // Two notices are as good in either order; nothing else is.
        if (withoutNotices(moved) === withoutNotices(lines)) continue;
        expect(await checkLines(moved)).toMatchObject({ ok: false });
      }
    }
  });

  it('never passes spliced from two ledgers', async () => {
    const other = await LedgerMaker.begun(2);
    await other.visit();
    await other.visit();
    await other.checkpoint();
    const others = await linesOf(other.exported());
    for (let at = 6; at < others.length - 1; at += 1) {
      const spliced = endedAnew([...lines.slice(0, at), ...others.slice(at)]);
      const isWhole = spliced.join() === lines.join() || spliced.join() === others.join();
      if (!isWhole) expect(await checkLines(spliced)).toMatchObject({ ok: false });
    }
  });

  it('never passes with bytes after its end', async () => {
    for (const more of ['\n', ' ', lines[0]!, `${lines.at(-1)!}\n`]) {
      await failsInOrder(new Uint8Array([...bytesOf(lines), ...new TextEncoder().encode(more)]));
    }
  });

  it('never passes where it is no export at all', async () => {
    const prose = new TextEncoder().encode('Dear inspector,\nall is well.\n');
    for (const bytes of [
      new Uint8Array(),
      prose,
      new Uint8Array(5_000_000),
      crypto.getRandomValues(new Uint8Array(65_000)),
    ]) {
      await failsInOrder(bytes);
    }
  });

  it('passes in chunks of any size, and says how far it is', async () => {
    const bytes = bytesOf(lines);
    for (const size of [1, 2, 1_000, bytes.length]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.slice(index * size, (index + 1) * size),
      );
      const seen: number[] = [];
      const outcome = await checkLedger(chunks, checking, (progress) => seen.push(progress.bytes));
      expect(outcome).toMatchObject({ ok: true, report: { bytes: bytes.length, lines: lines.length } });
      expect(seen.at(-1)).toBe(bytes.length);
    }
  });

  it('is read no further than its first fault', async () => {
    let given = 0;
    async function* chunks() {
      for (const line of [...lines.slice(0, 8), 'no', ...lines.slice(8), ...lines]) {
        given += 1;
        yield bytesOf([line]);
      }
    }
    expect(await checkLedger(chunks(), checking)).toMatchObject({ reason: 'not-json', line: 9, seq: null });
    expect(given).toBeLessThan(14);
  });

  it('is found out while its source hangs', async () => {
    async function* hanging() {
      yield bytesOf(['no']);
      await new Promise(() => undefined);
    }
    expect(await checkLedger(hanging(), checking)).toMatchObject({ reason: 'not-json', line: 1 });
  });

  it('with a line of a hundred megabytes is refused before it is read', async () => {
    let given = 0;
    function* endless() {
      yield bytesOf(lines.slice(0, 4));
      for (; given < 100; given += 1) yield new Uint8Array(1024 * 1024).fill(0x20);
    }
    expect(await checkLedger(endless(), checking)).toMatchObject({ reason: 'line-too-long', line: 5 });
    expect(given).toBeLessThan(8);
  });

  it("gives its reader's own error on", async () => {
    async function* broken() {
      yield bytesOf(lines.slice(0, 3));
      throw new Error('The disk is gone.');
    }
    await expect(checkLedger(broken(), checking)).rejects.toThrow('The disk is gone.');
  });

  it('never passes with any one line of many visits missing', async () => {
    const many = await linesOf((await playAll(await LedgerMaker.begun(3), 40)).exported());
    for (let index = 6; index < many.length - 1; index += 5) {
      expect(await checkLines(endedAnew(many.toSpliced(index, 1)))).toMatchObject(
        many[index]!.includes('"checkpoint"') ? { ok: true } : { ok: false },
      );
    }
  });
});
