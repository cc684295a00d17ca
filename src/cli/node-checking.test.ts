import { expect, it } from 'vitest';
import { type CheckOutcome, checkLedger, portableChecking, writeExport } from '#inspection';
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

it('says of a ledger that somebody changed what one thread says of it', async () => {
  const lines = new TextDecoder().decode(await exportOf(0)).split(/(?<=\n)/);
  const late = Math.floor(lines.length * 0.8);
  const changes: [RegExp, string][] = [
    [/"previous":"./, '"previous":"-'],
    [/"previous":"../, '"previous":"00'],
    [/"bodyHash":"../, '"bodyHash":"00'],
    [/"seq":\d/, '"seq":9'],
    [/"time":"2026/, '"time":"2025'],
    [/"receipt":"(.{4000})../, '"receipt":"$1__'],
    [/"body":/, '"body":null,"body":'],
    [/./, ''],
  ];
  for (const [what, instead] of changes) {
    const at = lines.findIndex((line, index) => index > late && what.test(line));
    const file = new TextEncoder().encode(lines.with(at, lines[at]!.replace(what, instead)).join(''));
    const outcome = await checkLedger(piecesOf(file), nodeChecking);
    expect(outcome).toEqual(await checkLedger(piecesOf(file), portableChecking));
    expect(outcome).toMatchObject({ ok: false, line: at + 1 });
  }
});
