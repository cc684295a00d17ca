import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger } from '#inspection';
import { nodeChecking } from '../node-hashing.ts';
import type { ReplayOptions } from './options.ts';
import { type ReplayResult, replay } from './replay.ts';

const MINUTE_MS = 60_000;
const SILENT = { write: () => undefined };

let folder: string;
let first: ReplayResult;
let again: ReplayResult;

const small = (exportDir: string): ReplayOptions => ({
  visits: 300,
  kiosks: 3,
  shops: 2,
  days: 20,
  seed: 7,
  exportDir,
  url: null,
  codes: null,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'askfirst-replay-test-'));
  first = await replay(small(join(folder, 'first')), SILENT);
  again = await replay(small(join(folder, 'again')), SILENT);
}, MINUTE_MS);
afterAll(() => rm(folder, { recursive: true }));

const check = (file: string) => checkLedger(createReadStream(file), nodeChecking);

describe('a replay', () => {
  it('comes out as it was meant: on the server, in every hour, and in every ledger', () => {
    expect(first.mismatches).toEqual([]);
    expect(again.mismatches).toEqual([]);
  });

  it('writes one ledger a kiosk, and an inspector accepts each', async () => {
    const files = await readdir(join(folder, 'first'));
    expect(files).toHaveLength(3);
    const outcomes = await Promise.all(files.map((file) => check(join(folder, 'first', file))));
    const receipts = outcomes.map((outcome) => (outcome.ok ? outcome.report.total.receipts : outcome.reason));
    expect(receipts.toSorted()).toEqual(first.expected.kiosks.map((kiosk) => kiosk.receipts).toSorted());
  });

  it('has something of everything that happens at a door', () => {
    const { kiosks } = first.expected;
    const sums = (name: 'declined' | 'left' | 'withdrawn' | 'guardians') =>
      kiosks.reduce((sum, kiosk) => sum + kiosk[name], 0);
    expect(sums('declined')).toBeGreaterThan(0);
    expect(sums('left')).toBeGreaterThan(0);
    expect(sums('withdrawn')).toBeGreaterThan(0);
    expect(sums('guardians')).toBeGreaterThan(0);
    expect(first.workload.noticeChangeDay).toBe(10);
    expect(first.workload.kioskPlans.some(({ offline }) => offline.length > 0)).toBe(true);
  });

  it('means the same for the same seed, though every key and id is new', async () => {
    expect(again.workload).toEqual(first.workload);
    expect(again.expected).toEqual(first.expected);
    expect(again.entries).toBe(first.entries);
    const kioskLineOf = async ({ ended }: ReplayResult) => {
      const text = await readFile(ended[0]!.file, 'utf8');
      return text.split('\n').find((line) => line.endsWith('"type":"kiosk"}'));
    };
    const [one, other] = await Promise.all([kioskLineOf(first), kioskLineOf(again)]);
    expect(one).toContain('"kioskId"');
    expect(one).not.toEqual(other);
  });

  it('gives ledgers in which no number can be changed afterwards', async () => {
    const [kiosk] = first.ended;
    const text = await readFile(kiosk!.file, 'utf8');
    const tampered = join(folder, 'tampered.jsonl');
    await writeFile(
      tampered,
      text.replace(/"declined":(\d+)/, (_, declined) => `"declined":${declined}1`),
    );
    expect(await check(tampered)).toMatchObject({ ok: false, reason: 'body-hash-wrong' });
  });
});

describe('npm run replay', () => {
  const run = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync(process.execPath, ['src/cli/replay.ts', ...args], {
      encoding: 'utf8',
    });
    return { status, stderr };
  };

  it('says in one sentence what is wrong with its words, and ends with 2', () => {
    const { status, stderr } = run('--export', folder, '--visits', 'all');
    expect(status).toBe(2);
    expect(stderr).toBe('--visits must be a whole number from 1 to 10000000, not "all".\n');
  });

  it('says in one sentence that no server answers, and ends with 2', () => {
    const args = ['--export', folder, '--visits', '10', '--kiosks', '1', '--url', 'http://127.0.0.1:1'];
    expect(run(...args)).toEqual({
      status: 2,
      stderr: 'The server at http://127.0.0.1:1 does not answer.\n',
    });
  });

  it('says in one sentence that a place has no time for so many, and ends with 2', () => {
    const { status, stderr } = run(
      '--export',
      folder,
      '--visits',
      '9000',
      '--kiosks',
      '1',
      '--shops',
      '1',
      '--days',
      '1',
    );
    expect(status).toBe(2);
    expect(stderr).toContain('More than 400 people an hour would come to one kiosk');
  });
});
