import { type Checking, type LedgerLines, ledgerReader } from '#inspection';
import { nodeHashing } from './node-hashing.ts';
import { unpackReading } from './packed-reading.ts';
import { signaturesHere } from './signatures-here.ts';
import { Threads } from './threads.ts';

/** A few visits are read before a thread has begun. */
const FEW_BYTES = 32 * 1024;

const threads = new Threads<LedgerLines, string>(new URL('./read-ledger.ts', import.meta.url));
const readHere = ledgerReader(nodeHashing, signaturesHere);

/** Checking with this runtime's hashing, and ledgers read on all of its cores. */
export const nodeChecking: Checking = {
  ...nodeHashing,
  readLedger: async (lines) => {
    const { bytes } = lines;
    if (bytes.byteLength < FEW_BYTES) return readHere(lines);
    // Memory that holds these lines and nothing else is handed over, and other copied.
    const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
    const answer = await threads.ask({ ...lines, bytes: own }, own.byteLength, [own.buffer]);
    return unpackReading(answer);
  },
};
