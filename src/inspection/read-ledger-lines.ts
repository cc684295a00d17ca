import { type CheckpointVerifier, checkpointVerifier, type EntryBodies, type EntryKind } from '#ledger';
import type { Instant, JsonObject, Outcome, Sha256, SignatureChecks } from '#values';
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

/** What can be said of a record by itself, told apart by its kind. */
export type ReadRecord = {
  readonly [Kind in EntryKind]: {
    readonly kind: Kind;
    readonly seq: number;
    readonly time: Instant;
    /** Of the entry before, as this one names it. */
    readonly previous: Sha256;
    /** Of this entry. */
    readonly hash: Sha256;
    /** Null once pruned. */
    readonly body: BodyRead<Kind> | null;
    /** Whether the body is the one that the entry was made for; a pruned one may be. */
    readonly isBodyOfEntry: boolean;
    /** Of a `receipt-issued` with its body: what its receipt says, or why it is none. */
    readonly receipt: ReceiptOutcome | null;
  };
}[EntryKind];

/** A body without the text of its receipt, which has been read, and the hash of its secret, of which nothing can be checked. */
type BodyRead<Kind extends EntryKind> = Omit<EntryBodies[Kind], 'receipt' | 'secretHash'>;

export interface ReadCheckpoint {
  readonly line: CheckpointLine;
  readonly signed: SignedCheckpoint;
}

export type SignedCheckpoint = Awaited<ReturnType<CheckpointVerifier>>;

/** What lines say, up to the first that cannot be read, and why it cannot: null where all can. */
export interface LedgerReading {
  readonly reads: readonly (ReadRecord | ReadCheckpoint)[];
  readonly fault: FaultReason | null;
}

/**
 * Reads lines, each by itself: its form, its hashes, its signature. Plain data goes in and comes out, so that a place with several threads may read
 * in all of them.
 */
export type LedgerReader = (lines: LedgerLines) => Promise<LedgerReading>;

type ReadLedgerLine = Outcome<{ readonly read: ReadRecord | ReadCheckpoint }, FaultReason>;

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
    const lines: (ReadLedgerLine | Promise<ReadLedgerLine>)[] = [];
    let from = 0;
    for (const end of ends) {
      const line = readLine(bytes.subarray(from, end), signer, hashing);
      lines.push(line);
      if ('ok' in line && !line.ok) break;
      from = end;
    }
    return readingOf(await Promise.all(lines));
  };
}

async function makeSigner(publicKey: JsonObject, signatures: SignatureChecks): Promise<Signer | null> {
  const readReceipt = await receiptReader(publicKey, signatures);
  const verifyCheckpoint = await checkpointVerifier(publicKey, signatures);
  if (readReceipt === null || verifyCheckpoint === null) return null;
  return { readReceipt, verifyCheckpoint };
}

function readingOf(lines: readonly ReadLedgerLine[]): LedgerReading {
  const reads: (ReadRecord | ReadCheckpoint)[] = [];
  for (const line of lines) {
    if (!line.ok) return { reads, fault: line.reason };
    reads.push(line.read);
  }
  return { reads, fault: null };
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
  if (receipt === null || signer === null)
    return { ok: true, read: readRecord(bytes, line, entryBytes, null, hashing) };
  return signer.readReceipt(receipt).then((outcome) =>
    // What is no receipt may not even be a line.
    outcome.ok
      ? { ok: true, read: readRecord(bytes, line, entryBytes, outcome, hashing) }
      : readAnyLine(bytes, signer, hashing),
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
  return line.body !== null && 'receipt' in line.body
    ? readReceiptLine(bytes, line, line.body.receipt, entryBytes, signer, hashing)
    : { ok: true, read: readRecord(bytes, line, entryBytes, null, hashing) };
}

async function readReceiptLine(
  bytes: Uint8Array<ArrayBuffer>,
  line: RecordLine,
  receipt: string,
  entryBytes: number,
  signer: Signer | null,
  hashing: Hashing,
): Promise<ReadLedgerLine> {
  const outcome = (await signer?.readReceipt(new TextEncoder().encode(receipt))) ?? null;
  return { ok: true, read: readRecord(bytes, line, entryBytes, outcome, hashing) };
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
function readRecord(
  bytes: Uint8Array<ArrayBuffer>,
  { entry, body }: RecordLine,
  entryBytes: number,
  receipt: ReceiptOutcome | null,
  { sha256OfBytes }: Hashing,
): ReadRecord {
  const entryEnd = bytes.length - AFTER_ENTRY;
  const entryStart = entryEnd - entryBytes;
  const isBodyOfEntry =
    body === null || sha256OfBytes(bytes.subarray(BEFORE_BODY, entryStart - BETWEEN)) === entry.bodyHash;
  return {
    kind: entry.kind,
    seq: entry.seq,
    time: Date.parse(entry.time) as Instant,
    previous: entry.previous,
    hash: sha256OfBytes(bytes.subarray(entryStart, entryEnd)),
    body: body !== null && 'receipt' in body ? { receiptId: body.receiptId, purposes: body.purposes } : body,
    isBodyOfEntry,
    receipt,
  } as ReadRecord;
}
