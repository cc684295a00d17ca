import { expect, it } from 'vitest';
import { type CheckOutcome, checkLedger, writeExport } from '#inspection';
import { contentOf, LedgerMaker, playVisits } from '#inspection/testing';
import { nodeChecking } from './node-hashing.ts';

const KIOSKS = 6;
const VISITS = 40;
const PIECE_BYTES = 64 * 1024;

/** The export of one kiosk, longer than what is read without a thread. */
async function exportOf(seed: number): Promise<Uint8Array> {
  const maker = await LedgerMaker.begun(seed);
  const records = maker.records.splice(0);
  for await (const record of playVisits(maker, VISITS)) records.push(record);
  const lines = await Array.fromAsync(
    writeExport(contentOf([{ ...maker.exported(), records }]), nodeChecking),
  );
  return new TextEncoder().encode(lines.join(''));
}

function* piecesOf(file: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < file.length; from += PIECE_BYTES) yield file.subarray(from, from + PIECE_BYTES);
}

it('says of many ledgers that are checked at once what it says of each alone', async () => {
  const files = await Promise.all(Array.from({ length: KIOSKS }, (_, seed) => exportOf(seed)));
  const alone: CheckOutcome[] = [];
  for (const file of files) alone.push(await checkLedger(piecesOf(file), nodeChecking));
  const together = await Promise.all(files.map((file) => checkLedger(piecesOf(file), nodeChecking)));
  expect(together).toEqual(alone);
  expect(together).toEqual(files.map(() => expect.objectContaining({ ok: true })));
});
