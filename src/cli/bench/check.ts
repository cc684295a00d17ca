import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkLedger, writeExport } from '#inspection';
import { contentOf, LedgerMaker, playVisits } from '#inspection/testing';
import type { LedgerRecord } from '#ledger';
import { SECOND_MS } from '#values';
import type { Bench } from '../bench.ts';
import { nodeChecking, nodeHashing } from '../node-hashing.ts';
import { against, alone } from './parts/figures.ts';
import { partsOf, type Signed, verifyOn } from './parts/signatures.ts';

const VISITS = 20_000;
const CHUNK_BYTES = 256 * 1024;
const MIB = 1024 * 1024;
const SIGNATURES_AT_ONCE = 256;

/** Checking a kiosk's half year, against checking its signatures and nothing else. */
export const bench: Bench = async function* () {
  const folder = await mkdtemp(join(tmpdir(), 'askfirst-bench-'));
  try {
    const file = join(folder, 'ledger.jsonl');
    const { maker, signed } = await writeLedger(file);
    const { size } = await stat(file);
    yield alone('check.visits', VISITS, 'visits');
    yield alone('check.signatures', signed.length, 'signatures');
    yield alone('check.file', size / MIB, 'MiB');
    const cores = availableParallelism();
    const oneCore = await verifyOn(1, [{ publicKey: maker.keys.publicKey, signed }]);
    const allCores = await verifyOn(cores, [{ publicKey: maker.keys.publicKey, signed }]);
    const webCrypto = await verifyBeside(maker, signed);
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

async function writeLedger(file: string): Promise<{ maker: LedgerMaker; signed: readonly Signed[] }> {
  const maker = await LedgerMaker.begun();
  const signed: Signed[] = [];
  async function* records(): AsyncGenerator<LedgerRecord> {
    yield* maker.records.splice(0);
    for await (const record of playVisits(maker, VISITS)) {
      if (record.body !== null && 'receipt' in record.body) signed.push(partsOf(record.body.receipt));
      yield record;
    }
    await maker.checkpoint();
  }
  const kiosk = { ...maker.exported(), records: records() };
  await pipeline(writeExport(contentOf([kiosk]), nodeHashing), createWriteStream(file));
  return { maker, signed };
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

async function check(file: string): Promise<{ seconds: number; peakMiB: number }> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const started = performance.now();
  const outcome = await checkLedger(
    createReadStream(file, { highWaterMark: CHUNK_BYTES }),
    nodeChecking,
    () => {
      peak = Math.max(peak, process.memoryUsage().rss);
    },
  );
  if (!outcome.ok) throw new Error(`The bench's ledger is wrong: ${outcome.reason} in line ${outcome.line}.`);
  return { seconds: (performance.now() - started) / SECOND_MS, peakMiB: (peak - before) / MIB };
}
