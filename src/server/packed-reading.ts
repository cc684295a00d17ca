import type { LedgerReading } from '#inspection';

// Between threads a text crosses in half the time that its values take. What a thread has read is written without what the other can tell: a hash
// that stands in the record before, and what many receipts say alike.

type Read = LedgerReading['reads'][number];
type ReadRecord = Extract<Read, { readonly hash: unknown }>;
type ReadCheckpoint = Exclude<Read, ReadRecord>;
type ReceiptOutcome = NonNullable<ReadRecord['receipt']>;
type RightReceipt = Extract<ReceiptOutcome, { readonly ok: true }>;
type WrongReceipt = Exclude<ReceiptOutcome, RightReceipt>;
type ReceiptFacts = RightReceipt['facts'];
type ReceiptKind = ReceiptFacts['kind'];

/** `kind` is the place of its kind among those of the reading. */
type PackedReceipt = Omit<ReceiptFacts, 'kind'> & { readonly kind: number };

interface PackedRecord extends Omit<ReadRecord, 'previous' | 'receipt'> {
  /** Left out where it is the hash of the record before. */
  readonly previous?: ReadRecord['previous'] | undefined;
  readonly receipt?: PackedReceipt | WrongReceipt | undefined;
}

interface PackedReading {
  readonly reads: readonly (PackedRecord | ReadCheckpoint)[];
  readonly kinds: readonly ReceiptKind[];
  readonly fault: LedgerReading['fault'];
}

/** What `unpackReading` makes the same reading of. */
export function packReading({ reads, fault }: LedgerReading): string {
  const kinds = new Map<ReceiptKind, number>();
  const packReceipt = (receipt: ReceiptOutcome | null): PackedRecord['receipt'] => {
    if (receipt?.ok !== true) return receipt ?? undefined;
    const { receiptId, time, kind } = receipt.facts;
    const place = kinds.get(kind) ?? kinds.size;
    kinds.set(kind, place);
    return { receiptId, time, kind: place };
  };
  let before: Read | null = null;
  const packed: (PackedRecord | ReadCheckpoint)[] = [];
  for (const read of reads) {
    packed.push('hash' in read ? packRecord(read, hashOf(before), packReceipt) : read);
    before = read;
  }
  return JSON.stringify({ reads: packed, kinds: [...kinds.keys()], fault } satisfies PackedReading);
}

function packRecord(
  { kind, seq, time, previous, hash, body, isBodyOfEntry, receipt }: ReadRecord,
  before: ReadRecord['hash'] | null,
  packReceipt: (receipt: ReceiptOutcome | null) => PackedRecord['receipt'],
): PackedRecord {
  return {
    kind,
    seq,
    time,
    previous: previous === before ? undefined : previous,
    hash,
    body,
    isBodyOfEntry,
    receipt: packReceipt(receipt),
  };
}

/** The reading that was packed; `text` comes from a thread of ours. */
export function unpackReading(text: string): LedgerReading {
  const { reads: packed, kinds, fault } = JSON.parse(text) as PackedReading;
  const reads: Read[] = [];
  for (const read of packed) {
    reads.push('hash' in read ? unpackRecord(read, hashOf(reads.at(-1) ?? null), kinds) : read);
  }
  return { reads, fault };
}

function unpackRecord(
  { kind, seq, time, previous, hash, body, isBodyOfEntry, receipt }: PackedRecord,
  before: ReadRecord['hash'] | null,
  kinds: readonly ReceiptKind[],
): ReadRecord {
  return {
    kind,
    seq,
    time,
    previous: previous ?? before,
    hash,
    body,
    isBodyOfEntry,
    receipt: unpackReceipt(receipt, kinds),
  } as ReadRecord;
}

function unpackReceipt(
  receipt: PackedRecord['receipt'],
  kinds: readonly ReceiptKind[],
): ReceiptOutcome | null {
  if (receipt === undefined) return null;
  if ('ok' in receipt) return receipt;
  return { ok: true, facts: { ...receipt, kind: kinds[receipt.kind] as ReceiptKind } };
}

function hashOf(read: Read | null): ReadRecord['hash'] | null {
  return read !== null && 'hash' in read ? read.hash : null;
}
