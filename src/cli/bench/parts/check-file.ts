/** A program that checks one exported file and says how long it took, and the most memory that the process has had. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { checkLedger } from '#inspection';
import { SECOND_MS } from '#values';
import { nodeChecking } from '../../node-hashing.ts';

export interface CheckedFile {
  readonly seconds: number;
  readonly peakMiB: number;
}

const STATUS_FILE = '/proc/self/status';
const CHUNK_BYTES = 256 * 1024;
const KIB_IN_MIB = 1024;

/** What Linux calls the high water mark; `maxRSS` is also that of the process which this one was begun by. */
function ownPeakKiB(): number | null {
  if (!existsSync(STATUS_FILE)) return null;
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS_FILE, 'utf8')) ?? [];
  return kib === undefined ? null : Number(kib);
}

const [file = ''] = process.argv.slice(2);
const started = performance.now();
const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
const outcome = await checkLedger(stream, nodeChecking);
if (!outcome.ok) throw new Error(`The bench's ledger is wrong: ${outcome.reason} in line ${outcome.line}.`);
const seconds = (performance.now() - started) / SECOND_MS;
const peakMiB = (ownPeakKiB() ?? process.resourceUsage().maxRSS) / KIB_IN_MIB;
console.log(JSON.stringify({ seconds, peakMiB } satisfies CheckedFile));
