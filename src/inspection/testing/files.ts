import type { LedgerRecord } from '#ledger';
import { portableSignatures, sha256OfBytes } from '#values';
import { type CheckOutcome, checkLedger } from '../check-ledger.ts';
import type { FaultReason } from '../faults.ts';
import type { Checking } from '../hashing.ts';
import { portableChecking } from '../portable-checking.ts';
import { ledgerReader } from '../read-ledger-lines.ts';
import type { KioskReport } from '../report.ts';
import { type ExportContent, type ExportedKiosk, writeExport } from '../write-export.ts';
import { LedgerMaker, START } from './ledger-maker.ts';
import { controller, notices, shop } from './test-shop.ts';

/** What runs everywhere. */
export const checking: Checking = portableChecking;

/**
 * The same for many files that are nearly one: a signature that was found right is right wherever it stands. It keeps them, so it is not for measuring
 * memory.
 */
export function checkingOfManyAlike(): Checking {
  const text = new TextDecoder('latin1');
  return {
    ...portableChecking,
    readLedger: ledgerReader(portableChecking, async (publicKey) => {
      const isSigned = await portableSignatures(publicKey);
      const right = new Set<string>();
      return isSigned === null
        ? null
        : async (jws) => {
            const signed = typeof jws === 'string' ? jws : text.decode(jws);
            if (right.has(signed)) return true;
            const isRight = await isSigned(jws);
            if (isRight) right.add(signed);
            return isRight;
          };
    }),
  };
}

export function contentOf(kiosks: ExportContent['kiosks']): ExportContent {
  return { made: START, controllers: [controller], shops: [shop], notices, kiosks };
}

/** The lines of an export of these kiosks, without their line breaks. */
export async function linesOf(...kiosks: readonly ExportedKiosk[]): Promise<string[]> {
  return (await Array.fromAsync(writeExport(contentOf(kiosks), checking))).map((line) => line.slice(0, -1));
}

export function bytesOf(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
}

/** Bits that turn letters into others, digits into others, capitals into small ones, and ASCII into what is not: one of them for each place. */
const BITS = [0x01, 0x20, 0x80];

export function withBitFlipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.with(at, (bytes[at] ?? 0) ^ (BITS[at % BITS.length] ?? 0));
}

/** The same lines with an end line that is right for them: what a liar who knows the format would write. */
export function endedAnew(lines: readonly string[]): string[] {
  const kept = lines.filter((line) => !line.endsWith('"type":"end"}'));
  const hash = sha256OfBytes(bytesOf(kept));
  return [...kept, `{"lines":${kept.length},"sha256":"${hash}","type":"end"}`];
}

export async function checkLines(lines: readonly string[], by = checking): Promise<CheckOutcome> {
  return checkLedger([bytesOf(lines)], by);
}

/** What the checker says of these ledgers. */
export async function checkOf(...makers: readonly LedgerMaker[]): Promise<CheckOutcome> {
  return checkLines(await linesOf(...makers.map((maker) => maker.exported())));
}

/** What the checker says of a ledger that began well and then went on like this: a reason, or `in order`. */
export async function faultAfter(goOn: (maker: LedgerMaker) => unknown): Promise<FaultReason | 'in order'> {
  const maker = await LedgerMaker.begun();
  await goOn(maker);
  const outcome = await checkOf(maker);
  return outcome.ok ? 'in order' : outcome.reason;
}

/** The report on a ledger that began well and then went on like this. */
export async function reportAfter(goOn: (maker: LedgerMaker) => unknown): Promise<KioskReport> {
  const maker = await LedgerMaker.begun();
  await goOn(maker);
  const outcome = await checkOf(maker);
  const [report] = outcome.ok ? outcome.report.kiosks : [];
  if (report === undefined) throw new Error(`The ledger is wrong: ${JSON.stringify(outcome)}`);
  return report;
}

/** The same ledger with the bodies of these entries pruned. */
export function pruned(maker: LedgerMaker, isPruned: (record: LedgerRecord) => boolean): LedgerMaker {
  maker.records = maker.records.map((record) =>
    isPruned(record) ? ({ ...record, body: null } as LedgerRecord) : record,
  );
  return maker;
}
