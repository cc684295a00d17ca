import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeExport } from '#inspection';
import { contentOf, LedgerMaker, makeKeys } from '#inspection/testing';
import { HOUR_MS, MINUTE_MS } from '#values';
import { nodeHashing } from './node-hashing.ts';

const folder = mkdtempSync(join(tmpdir(), 'askfirst-check-'));
const good = join(folder, 'good.jsonl');
const bad = join(folder, 'bad.jsonl');
const doubtful = join(folder, 'doubtful.jsonl');
const hostile = join(folder, 'hostile.jsonl\n\u001b[2Jgood.jsonl: in order.');
const FORGED =
  'Harbour Street".\n\nKiosk 1 of 1\n  camera open: 4 seconds\r\u2028\u202e\u2066\u0085\u009b8m\u001b[8m';

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/check-ledger.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

beforeAll(async () => {
  const maker = await LedgerMaker.begun();
  await maker.visit();
  maker.withdraw(await maker.visit());
  await maker.checkpoint();
  const lines = await Array.fromAsync(writeExport(contentOf([maker.exported()]), nodeHashing));
  writeFileSync(good, lines.join(''));
  const changed = lines.with(10, lines[10]!.replace('"framesSeen":7', '"framesSeen":8'));
  writeFileSync(bad, changed.join(''));
  const cut = await LedgerMaker.begun();
  const late = [await cut.yes()];
  cut.pass(MINUTE_MS);
  const lookId = cut.open(late);
  cut.pass(HOUR_MS).close(lookId, late, { ending: 'interrupted', openMs: null, framesSeen: 0 });
  const doubts = await Array.fromAsync(writeExport(contentOf([cut.exported()]), nodeHashing));
  writeFileSync(doubtful, doubts.join(''));
  await writeHostile();
});
/** In order, and written by somebody who knows what is printed of it. */
async function writeHostile(): Promise<void> {
  const maker = new LedgerMaker(await makeKeys());
  const { shops, controllers, notices, ...content } = contentOf([]);
  const forged = <Item>(items: readonly Item[]): Item[] => items.map((item) => ({ ...item, name: FORGED }));
  const [shown] = notices;
  const notice = { ...shown!.notice, version: FORGED };
  maker.pair();
  maker.bringIntoForce(notice);
  const lines = writeExport(
    {
      ...content,
      controllers: forged(controllers),
      shops: forged(shops),
      notices: [{ ...shown!, notice }],
      kiosks: [maker.exported()],
    },
    nodeHashing,
  );
  writeFileSync(hostile, (await Array.fromAsync(lines)).join(''));
}
afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run check-ledger', () => {
  it('sums up a ledger in order, and ends with 0', () => {
    const { status, stdout, stderr } = run(good);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('good.jsonl": in order.');
    for (const line of ['counted: 2', 'receipts taken back: 1', 'counted now: 1'])
      expect(stdout).toContain(`\n  ${line}\n`);
    expect(stdout).toContain('camera open: 8 seconds');
  });

  it('notes what a ledger in order leaves open, and ends with 0', () => {
    const { status, stdout } = run(doubtful);
    expect(status).toBe(0);
    expect(stdout).toContain('NOTE: 1 look was opened after the yes had run out, and then interrupted');
    expect(stdout).toContain(
      'NOTE: 1 look has more than 2 minutes between opening and closing, 3600 seconds',
    );
    expect(run(good).stdout).not.toContain('NOTE: 1 look');
  });

  it('names the first wrong entry, and ends with 1', () => {
    const { status, stdout } = run(bad);
    expect(status).toBe(1);
    expect(stdout).toMatch(/bad\.jsonl": WRONG in line 11, kiosk [\w-]{22}, entry 4\.\n/);
    expect(stdout).toContain('(body-hash-wrong)');
  });

  it('prints nothing of a file that a terminal obeys, and no line that the file wrote', () => {
    const { status, stdout } = run(hostile);
    expect(status).toBe(0);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    expect(stdout.split('\n').filter((line) => /^(Kiosk|\s+camera open)/.test(line))).toEqual([
      expect.stringMatching(/^Kiosk [\w-]{22}/),
      '  camera open: 0 seconds',
    ]);
    expect(stdout.split('\n')[0]).toMatch(
      /^".*hostile\.jsonl\\u\{a\}\\u\{1b\}\[2Jgood\.jsonl: in order\.": in order\.$/,
    );
    expect(stdout.split('Harbour Street\\".\\u{a}\\u{a}Kiosk')).toHaveLength(4);
  });

  it('prints the name of a file that cannot be read as safely', () => {
    expect(run(join(folder, 'none\u001b[8m')).stderr).toMatch(
      /^The file ".*none\\u\{1b\}\[8m" cannot be read\.\n$/,
    );
  });

  it('checks several files, and ends with 1 where one of them is wrong', () => {
    const { status, stdout } = run(good, bad, join(folder, 'none'));
    expect(status).toBe(1);
    expect(stdout).toContain('good.jsonl": in order.');
  });

  it('says in one sentence that a file cannot be read, and ends with 2', () => {
    for (const file of [join(folder, 'none'), folder]) {
      expect(run(file)).toEqual({ status: 2, stdout: '', stderr: `The file "${file}" cannot be read.\n` });
    }
  });

  it('says how it is used, and ends with 2', () => {
    for (const args of [[], ['--help']]) {
      const { status, stdout, stderr } = run(...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('npm run check-ledger -- FILE');
    }
  });
});
