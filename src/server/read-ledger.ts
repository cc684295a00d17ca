/** A thread that reads lines of ledgers, stretch by stretch. */
import { parentPort } from 'node:worker_threads';
import { type LedgerLines, ledgerReader } from '#inspection';
import { nodeHashing } from './node-hashing.ts';
import { packReading } from './packed-reading.ts';
import { signaturesHere } from './signatures-here.ts';

const read = ledgerReader(nodeHashing, signaturesHere);

async function answer(lines: LedgerLines): Promise<void> {
  parentPort?.postMessage(packReading(await read(lines)));
}

let answered = Promise.resolve();
parentPort?.on('message', (lines: LedgerLines) => {
  // One after another: whoever asked takes the answers in the order of the questions.
  answered = answered.then(() => answer(lines));
});
