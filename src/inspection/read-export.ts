import { verifyCheckpoint } from '#ledger';
import type { JsonObject, Outcome, Sha256 } from '#values';
import type { ExportLine, RecordLine } from './export-format.ts';
import type { FaultReason } from './faults.ts';
import type { Checking, Hashing } from './hashing.ts';
import { parseLine } from './parse-line.ts';
import { type ReceiptOutcome, type ReceiptReader, receiptReader } from './read-receipt.ts';
import { type Chunks, type RawLine, splitLines } from './split-lines.ts';

export type SignedCheckpoint = Awaited<ReturnType<typeof verifyCheckpoint>>;

/** A line that can be read by itself. What it does not have is null. */
export interface ReadLine {
  readonly line: ExportLine;
  /** Of a `receipt-issued` entry with its body: the check of its signature, which has begun. */
  readonly receipt: Promise<ReceiptOutcome> | null;
  /** Of a checkpoint: the check of its signature, which has begun. */
  readonly checkpoint: Promise<SignedCheckpoint> | null;
  /** Of a record: the hashes of its entry and of its body, where it has one. */
  readonly hashes: RecordHashes | null;
  /** Of the end line: the SHA-256 of every byte before it. */
  readonly fileHash: string | null;
  /** Whose signatures are looked for; null where the kiosk's key is none. */
  readonly signer: Signer | null;
}

export interface RecordHashes {
  readonly entry: Sha256;
  readonly body: Sha256 | null;
}

interface Signer {
  readonly publicKey: JsonObject;
  readonly readReceipt: ReceiptReader;
}

export type ReadStep = Outcome<{ readonly read: ReadLine; readonly bytes: number }, FaultReason> & {
  readonly number: number;
};

/**
 * Reads an export line by line and begins to check each signature, so that signatures are checked beside us while the lines before
 * are looked through. Ends after the first line that cannot be read.
 */
export async function* readExport(chunks: Chunks, checking: Checking): AsyncGenerator<readonly ReadStep[]> {
  const hash = checking.sha256Stream();
  let signer: Signer | null = null;
  let hasEnded = false;
  let number = 0;
  for await (const rawLines of splitLines(chunks)) {
    const steps: ReadStep[] = [];
    for (const raw of rawLines) {
      number += 1;
      const parsed = readRaw(raw, hasEnded);
      if (!parsed.ok) {
        yield [...steps, { ...parsed, number }];
        return;
      }
      const { line, bytes } = parsed;
      if (line.type === 'kiosk') signer = await signerOf(line.publicKey, checking);
      if (line.type === 'end') hasEnded = true;
      // The end line names the hash of all lines before it, and so not its own.
      else hash.update(bytes);
      const fileHash = hasEnded ? hash.digest() : null;
      const hashes = line.type === 'record' ? hashRecord(line, bytes, checking) : null;
      const read = { line, hashes, signer, fileHash, ...beginToVerify(line, signer) };
      steps.push({ ok: true, number, read, bytes: bytes.length });
    }
    yield steps;
  }
}

function readRaw(
  raw: RawLine,
  hasEnded: boolean,
): Outcome<{ readonly line: ExportLine; readonly bytes: Uint8Array }, FaultReason> {
  if (hasEnded) return { ok: false, reason: 'after-the-end' };
  if (raw.kind === 'unfinished') return { ok: false, reason: 'end-missing' };
  if (raw.kind === 'too-long') return { ok: false, reason: 'line-too-long' };
  const parsed = parseLine(raw.bytes.subarray(0, -1));
  return parsed.ok ? { ...parsed, bytes: raw.bytes } : parsed;
}

async function signerOf(publicKey: JsonObject, { signatures }: Checking): Promise<Signer | null> {
  const readReceipt = await receiptReader(publicKey, signatures);
  return readReceipt === null ? null : { publicKey, readReceipt };
}

function beginToVerify(line: ExportLine, signer: Signer | null): Pick<ReadLine, 'receipt' | 'checkpoint'> {
  const nothing = { receipt: null, checkpoint: null };
  if (signer === null) return nothing;
  if (line.type === 'checkpoint') {
    return { ...nothing, checkpoint: verifyCheckpoint(line.checkpoint, signer.publicKey) };
  }
  if (line.type !== 'record' || line.entry.kind !== 'receipt-issued' || line.body === null) return nothing;
  return { ...nothing, receipt: signer.readReceipt((line.body as { receipt: string }).receipt) };
}

const BEFORE_BODY = '{"body":'.length;
const BETWEEN = ',"entry":'.length;
const AFTER_ENTRY = ',"type":"record"}\n'.length;

/** The line is known to be canonical, so what is hashed stands in it as it is. */
function hashRecord(
  { entry, body }: RecordLine,
  bytes: Uint8Array,
  { sha256OfBytes }: Hashing,
): RecordHashes {
  const entryEnd = bytes.length - AFTER_ENTRY;
  // An entry is ASCII, so that characters are bytes.
  const entryStart = entryEnd - JSON.stringify(entry).length;
  return {
    entry: sha256OfBytes(bytes.subarray(entryStart, entryEnd)),
    body: body === null ? null : sha256OfBytes(bytes.subarray(BEFORE_BODY, entryStart - BETWEEN)),
  };
}
