import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type ExportContent, type ExportedKiosk, inPieces, writeExport } from '#inspection';
import type { LedgerRecord } from '#ledger';
import { nodeHashing } from '../node-hashing.ts';
import { HandOver } from './hand-over.ts';

/** Records that may wait for the disk. */
const MOST_WAITING = 500;

/** A kiosk's ledger, written to its file while it is being made. */
export class ExportFile {
  readonly #records = new HandOver<LedgerRecord>(MOST_WAITING);
  readonly #checkpoints: string[] = [];
  readonly #written: Promise<void>;

  constructor(
    file: string,
    about: Omit<ExportContent, 'kiosks'>,
    kiosk: Omit<ExportedKiosk, 'records' | 'checkpoints'>,
  ) {
    const kiosks = [{ ...kiosk, records: this.#records, checkpoints: this.#checkpoints }];
    this.#written = pipeline(
      inPieces(writeExport({ ...about, kiosks }, nodeHashing)),
      createWriteStream(file),
    );
    this.#written.catch((error: unknown) => this.#records.fail(error));
  }

  async add(record: LedgerRecord): Promise<void> {
    await this.#records.give(record);
  }

  /** Written after all records: what was signed meanwhile is read only then. */
  addCheckpoint(checkpoint: string): void {
    this.#checkpoints.push(checkpoint);
  }

  async end(): Promise<void> {
    this.#records.end();
    await this.#written;
  }
}
