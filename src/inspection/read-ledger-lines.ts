import { type CheckpointVerifier, checkpointVerifier, type EntryBodies } from '#ledger';
import type { JsonObject, Outcome, Sha256, SignatureChecks } from '#values';
import type { CheckpointLine, RecordLine } from './export-format.ts';
import type { FaultReason } from './faults.ts';
import type { Hashing } from './hashing.ts';
import { parseLine } from './parse-line.ts';
import { parseRecord } from './parse-record.ts';
import { type ReceiptOutcome, type ReceiptReader, receiptReader } from './read-receipt.ts';

/** Whole lines of one kiosk's ledger, as they stand in the file: records and checkpoints. */
export interface LedgerLines {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where in `bytes` each line ends, after its line break. */
  readonly ends: readonly number[];
  /** Whose signatures are looked for; null where no kiosk has been named. */
  readonly publicKey: JsonObject | null;
}

export interface ReadRecord {
  /** Without the text of its receipt, which has been read. */
  readonly line: RecordLine;
  readonly entryHash: Sha256;
  /** Null where the body has been pruned. */
  readonly bodyHash: Sha256 | null;
  /** Of a `receipt-issued` entry with its body: what its receipt says, or why it is none. */
  readonly receipt: ReceiptOutcome | null;
}

export interface ReadCheckpoint {
  readonly line: CheckpointLine;
  readonly signed: SignedCheckpoint;
}

export type SignedCheckpoint = Awaited<ReturnType<CheckpointVerifier>>;

/** What can be said of a line by itself. */
export type ReadLedgerLine = Outcome<{ readonly read: ReadRecord | ReadCheckpoint }, FaultReason>;

/**
 * Reads lines, each by itself: its form, its hashes, its signature. Ends after the first that cannot be read. Plain data goes in and comes out, so
 * that a place with several threads may read in all of them.
 */
export type LedgerReader = (lines: LedgerLines) => Promise<readonly ReadLedgerLine[]>;

interface Signer {
  readonly readReceipt: ReceiptReader;
  readonly verifyCheckpoint: CheckpointVerifier;
}

/** Reads on the thread that asks. */
export function ledgerReader(hashing: Hashing, signatures: SignatureChecks): LedgerReader {
  // Whoever reads a file reads one kiosk after another.
  let newest: { readonly key: string; readonly signer: Promise<Signer | null> } | null = null;
  const signerOf = (publicKey: JsonObject): Promise<Signer | null> => {
    const key = JSON.stringify(publicKey);
    if (newest?.key !== key) newest = { key, signer: makeSigner(publicKey, signatures) };
    return newest.signer;
  };
  return async ({ bytes, ends, publicKey }) => {
    const signer = publicKey === null ? null : await signerOf(publicKey);
    const reads: (ReadLedgerLine | Promise<ReadLedgerLine>)[] = [];
    let from = 0;
    for (const end of ends) {
      const read = readLine(bytes.subarray(from, end), signer, hashing);
      reads.push(read);
      if ('ok' in read && !read.ok) break;
      from = end;
    }
    return Promise.all(reads);
  };
}

async function makeSigner(publicKey: JsonObject, signatures: SignatureChecks): Promise<Signer | null> {
  const readReceipt = await receiptReader(publicKey, signatures);
  const verifyCheckpoint = await checkpointVerifier(publicKey, signatures);
  if (readReceipt === null || verifyCheckpoint === null) return null;
  return { readReceipt, verifyCheckpoint };
}

/** What a line says, at once or when its signature has been checked. */
function readLine(
  bytes: Uint8Array<ArrayBuffer>,
  signer: Signer | null,
  hashing: Hashing,
): ReadLedgerLine | Promise<ReadLedgerLine> {
  const parsed = parseRecord(bytes.subarray(0, -1));
  if (parsed === null) return readAnyLine(bytes, signer, hashing);
  const { line, receipt, entryBytes } = parsed;
  const read = { line, ...hashesOf(bytes, entryBytes, true, hashing), receipt: null };
  if (receipt === null || signer === null) return { ok: true, read };
  return signer.readReceipt(receipt).then((outcome) =>
    // What is no receipt may not even be a line.
    outcome.ok ? { ok: true, read: { ...read, receipt: outcome } } : readAnyLine(bytes, signer, hashing),
  );
}

/** The same of any line, parsed as a whole. */
function readAnyLine(
  bytes: Uint8Array<ArrayBuffer>,
  signer: Signer | null,
  hashing: Hashing,
): ReadLedgerLine | Promise<ReadLedgerLine> {
  const parsed = parseLine(bytes.subarray(0, -1));
  if (!parsed.ok) return parsed;
  const { line } = parsed;
  if (line.type === 'checkpoint') return readCheckpoint(line, signer);
  // Only these two begin as lines of a ledger do.
  if (line.type !== 'record') return { ok: false, reason: 'not-a-line' };
  // An entry is ASCII, so that characters are bytes.
  const entryBytes = JSON.stringify(line.entry).length;
  const hashes = hashesOf(bytes, entryBytes, line.body !== null, hashing);
  return line.entry.kind === 'receipt-issued' && line.body !== null
    ? readReceiptLine({ line, ...hashes, receipt: null }, signer)
    : { ok: true, read: { line, ...hashes, receipt: null } };
}

async function readReceiptLine(read: ReadRecord, signer: Signer | null): Promise<ReadLedgerLine> {
  const { receipt, ...body } = read.line.body as EntryBodies['receipt-issued'];
  const outcome = (await signer?.readReceipt(new TextEncoder().encode(receipt))) ?? null;
  return { ok: true, read: { ...read, line: { ...read.line, body } as RecordLine, receipt: outcome } };
}

async function readCheckpoint(line: CheckpointLine, signer: Signer | null): Promise<ReadLedgerLine> {
  const signed = (await signer?.verifyCheckpoint(line.checkpoint)) ?? UNSIGNED;
  return { ok: true, read: { line, signed } };
}

/** Of a checkpoint before any kiosk, which is out of place whatever it says. */
const UNSIGNED: SignedCheckpoint = { ok: false, reason: 'other-key' };

const BEFORE_BODY = '{"body":'.length;
const BETWEEN = ',"entry":'.length;
const AFTER_ENTRY = ',"type":"record"}\n'.length;

/** The line is known to be canonical, so what is hashed stands in it as it is. */
function hashesOf(
  bytes: Uint8Array<ArrayBuffer>,
  entryBytes: number,
  hasBody: boolean,
  { sha256OfBytes }: Hashing,
): Pick<ReadRecord, 'entryHash' | 'bodyHash'> {
  const entryEnd = bytes.length - AFTER_ENTRY;
  const entryStart = entryEnd - entryBytes;
  return {
    entryHash: sha256OfBytes(bytes.subarray(entryStart, entryEnd)),
    bodyHash: hasBody ? sha256OfBytes(bytes.subarray(BEFORE_BODY, entryStart - BETWEEN)) : null,
  };
}
