/** A program that checks one exported file and says how long it took, and the most memory that the process has had. */
import { createReadStream } from 'node:fs';
import { checkLedger } from '#inspection';
import { SECOND_MS } from '#values';
import { nodeChecking } from '../../node-hashing.ts';

export interface CheckedFile {
  readonly seconds: number;
  readonly peakMiB: number;
}

const CHUNK_BYTES = 256 * 1024;
const KIB_IN_MIB = 1024;

const [file = ''] = process.argv.slice(2);
const started = performance.now();
const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
const outcome = await checkLedger(stream, nodeChecking);
if (!outcome.ok) throw new Error(`The bench's ledger is wrong: ${outcome.reason} in line ${outcome.line}.`);
const seconds = (performance.now() - started) / SECOND_MS;
const peakMiB = process.resourceUsage().maxRSS / KIB_IN_MIB;
console.log(JSON.stringify({ seconds, peakMiB } satisfies CheckedFile));
