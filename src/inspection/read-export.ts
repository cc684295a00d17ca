import { portableSignatures } from '#values';
import type { CheckpointLine, ExportLine, KioskLine, RecordLine } from './export-format.ts';
import type { FaultReason } from './faults.ts';
import type { Checking } from './hashing.ts';
import { parseLine } from './parse-line.ts';
import type { ReadCheckpoint, ReadRecord } from './read-ledger-lines.ts';
import { type Chunks, splitLines } from './split-lines.ts';
import { type Stretch, stretchesOf } from './stretches.ts';

/** A line that can be read by itself. */
export type ReadLine = ReadRecord | ReadCheckpoint | ReadKiosk | ReadEnd | ReadDescription;

export interface ReadKiosk {
  readonly line: KioskLine;
  /** Whether its public key is one that can sign anything. */
  readonly isKeyUsable: boolean;
}

interface ReadEnd {
  readonly line: EndLine;
  /** The SHA-256 of every byte before it. */
  readonly fileHash: string;
}

interface ReadDescription {
  readonly line: DescriptionLine;
}

export type DescriptionLine = Exclude<ExportLine, RecordLine | CheckpointLine | KioskLine | EndLine>;

type EndLine = Extract<ExportLine, { type: 'end' }>;

/** Lines that follow one another. Their reading has begun and may be going on beside us. */
export interface ReadStretch {
  readonly bytes: number;
  readonly reading: Promise<Reading>;
}

/** What they say, up to the first that cannot be read, and why it cannot. */
interface Reading {
  readonly reads: readonly ReadLine[];
  readonly fault: FaultReason | null;
}

/**
 * Reads an export stretch by stretch. Ledgers, which are nearly all of it, are handed to the reader of the place, so that they are read beside
 * us while the lines before are looked through. Ends after the first other line that cannot be read.
 */
export async function* readExport(chunks: Chunks, checking: Checking): AsyncGenerator<ReadStretch> {
  const reader = new ExportReader(checking);
  for await (const piece of splitLines(chunks)) {
    if (piece.kind !== 'lines') {
      yield wrong(reader.hasEnded ? 'after-the-end' : FAULTS[piece.kind]);
      return;
    }
    for (const stretch of stretchesOf(piece)) {
      if (reader.hasEnded) {
        yield wrong('after-the-end');
        return;
      }
      const read = stretch.kind === 'ledger' ? reader.readLedger(stretch) : await reader.readOther(stretch);
      yield read;
      if ('isLast' in read) return;
    }
  }
}

const FAULTS = { 'too-long': 'line-too-long', unfinished: 'end-missing' } as const;

function wrong(reason: FaultReason): ReadStretch & { readonly isLast: true } {
  return { bytes: 0, reading: Promise.resolve({ reads: [], fault: reason }), isLast: true };
}

/** What is known of an export up to a line of it. */
class ExportReader {
  hasEnded = false;
  readonly #checking: Checking;
  readonly #hash: ReturnType<Checking['sha256Stream']>;
  #publicKey: KioskLine['publicKey'] | null = null;

  constructor(checking: Checking) {
    this.#checking = checking;
    this.#hash = checking.sha256Stream();
  }

  readLedger({ bytes, ends }: Stretch): ReadStretch {
    const length = bytes.length;
    this.#hash.update(bytes);
    const reading = this.#checking.readLedger({ bytes, ends, publicKey: this.#publicKey });
    // Whoever takes it sees the failure; this keeps one that nobody takes any more from being reported.
    reading.catch(() => undefined);
    return { bytes: length, reading };
  }

  async readOther({ bytes }: Stretch): Promise<ReadStretch> {
    const parsed = parseLine(bytes.subarray(0, -1));
    if (!parsed.ok) return wrong(parsed.reason);
    const read = await this.#see(parsed.line, bytes);
    if (read === null) return wrong('not-a-line');
    return { bytes: bytes.length, reading: Promise.resolve({ reads: [read], fault: null }) };
  }

  async #see(line: ExportLine, bytes: Uint8Array): Promise<ReadLine | null> {
    switch (line.type) {
      case 'record':
      case 'checkpoint':
        // Neither is canonical JSON unless it begins as lines of a ledger do.
        return null;
      case 'end':
        this.hasEnded = true;
        // It names the hash of all lines before it, and so not its own.
        return { line, fileHash: this.#hash.digest() };
      case 'kiosk':
        this.#hash.update(bytes);
        this.#publicKey = line.publicKey;
        return { line, isKeyUsable: (await portableSignatures(line.publicKey)) !== null };
      default:
        this.#hash.update(bytes);
        return { line };
    }
  }
}
