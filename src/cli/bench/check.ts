import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeExport } from '#inspection';
import { contentOf, LedgerMaker, playVisits } from '#inspection/testing';
import type { LedgerRecord } from '#ledger';
import { SECOND_MS } from '#values';
import type { Bench } from '../bench.ts';
import { nodeHashing } from '../node-hashing.ts';
import type { CheckedFile } from './parts/check-file.ts';
import { against, alone } from './parts/figures.ts';
import { partsOf, type Signed, verifyOn } from './parts/signatures.ts';

const USUAL_VISITS = 20_000;
/** All of them would not fit into memory where the visits are many. What more there are cost the same each. */
const MAX_BARE_SIGNATURES = 30_000;
const MIB = 1024 * 1024;
const SIGNATURES_AT_ONCE = 256;

/** Checking a kiosk's half year, against checking its signatures and nothing else. */
export const bench: Bench = async function* ({ visits }) {
  const folder = await mkdtemp(join(tmpdir(), 'askfirst-bench-'));
  try {
    const file = join(folder, 'ledger.jsonl');
    const { maker, signed, receipts } = await writeLedger(file, visits ?? USUAL_VISITS);
    const all = receipts / signed.length;
    const { size } = await stat(file);
    yield alone('check.visits', visits ?? USUAL_VISITS, 'visits');
    yield alone('check.signatures', receipts, 'signatures');
    yield alone('check.file', size / MIB, 'MiB');
    const cores = availableParallelism();
    const oneCore = all * (await verifyOn(1, [{ publicKey: maker.keys.publicKey, signed }]));
    const allCores = all * (await verifyOn(cores, [{ publicKey: maker.keys.publicKey, signed }]));
    const webCrypto = all * (await verifyBeside(maker, signed));
    const { seconds, peakMiB } = await check(file);
    yield alone('check.bare-one-core', oneCore, 's');
    yield alone(`check.bare-${cores}-cores`, allCores, 's');
    yield against('check.whole', seconds, 'check.bare-one-core', oneCore);
    yield against('check.whole', seconds, `check.bare-${cores}-cores`, allCores);
    yield alone('check.bare-webcrypto', webCrypto, 's');
    yield against('check.whole', seconds, 'check.bare-webcrypto', webCrypto);
    yield alone('check.memory', peakMiB, 'MiB');
  } finally {
    await rm(folder, { recursive: true });
  }
};

interface WrittenLedger {
  readonly maker: LedgerMaker;
  /** The first of its signatures. */
  readonly signed: readonly Signed[];
  readonly receipts: number;
}

async function writeLedger(file: string, visits: number): Promise<WrittenLedger> {
  const maker = await LedgerMaker.begun();
  const signed: Signed[] = [];
  let receipts = 0;
  async function* records(): AsyncGenerator<LedgerRecord> {
    yield* maker.records.splice(0);
    for await (const record of playVisits(maker, visits)) {
      if (record.body !== null && 'receipt' in record.body) {
        receipts += 1;
        if (signed.length < MAX_BARE_SIGNATURES) signed.push(partsOf(record.body.receipt));
      }
      yield record;
    }
    await maker.checkpoint();
  }
  const kiosk = { ...maker.exported(), records: records() };
  await pipeline(writeExport(contentOf([kiosk]), nodeHashing), createWriteStream(file));
  return { maker, signed, receipts };
}

/** With what a browser has too: WebCrypto, which checks beside the one thread that asks. */
async function verifyBeside(maker: LedgerMaker, signed: readonly Signed[]): Promise<number> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('jwk', maker.keys.publicKey, curve, false, ['verify']);
  const started = performance.now();
  for (let from = 0; from < signed.length; from += SIGNATURES_AT_ONCE) {
    const some = signed.slice(from, from + SIGNATURES_AT_ONCE);
    const areRight = await Promise.all(
      some.map(({ data, signature }) =>
        crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, data),
      ),
    );
    if (areRight.includes(false)) throw new Error('A signature of the bench is wrong.');
  }
  return (performance.now() - started) / SECOND_MS;
}

/** In a process of its own, whose memory is the check's alone. */
async function check(file: string): Promise<CheckedFile> {
  const program = fileURLToPath(new URL('./parts/check-file.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, file]);
  return JSON.parse(stdout) as CheckedFile;
}
