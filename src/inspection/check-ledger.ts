import type { IsoTime } from '#values';
import { Descriptions } from './check-descriptions.ts';
import { checkEntry } from './check-entry.ts';
import { checkCheckpoint } from './checks/checkpoints.ts';
import { EXPORT_TYPE, type ExportLine } from './export-format.ts';
import type { Fault, FaultReason } from './faults.ts';
import type { Checking } from './hashing.ts';
import type { KioskState } from './kiosk-state.ts';
import { partToShow } from './legible.ts';
import { lookAhead } from './look-ahead.ts';
import { type DescriptionLine, type ReadLine, readExport } from './read-export.ts';
import { addFigures, type ExportReport, type KioskReport, listed, noFigures } from './report.ts';
import { reportOn } from './report-on.ts';
import type { Chunks } from './split-lines.ts';

/** Stretches that are being read while the oldest is waited for: two for each thread of a usual machine. */
const STRETCHES_AHEAD = 16;

export interface Progress {
  readonly bytes: number;
  readonly lines: number;
}

export type CheckOutcome = { readonly ok: true; readonly report: ExportReport } | Fault;

/**
 * Checks an exported ledger without trusting whoever made it. The file is read once, from its first byte to its last, and checking stops
 * at the first thing that is wrong. Its reader's own errors, as of a disk, are thrown on.
 */
export async function checkLedger(
  chunks: Chunks,
  checking: Checking,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<CheckOutcome> {
  const inspection = new Inspection();
  let bytes = 0;
  let lines = 0;
  for await (const stretch of lookAhead(readExport(chunks, checking), STRETCHES_AHEAD)) {
    const { reads, fault } = await stretch.reading;
    for (const read of reads) {
      lines += 1;
      const reason = await inspection.take(read, lines);
      if (reason !== null) return { ok: false, reason, line: lines, ...inspection.where(read) };
    }
    if (fault !== null) return { ok: false, reason: fault, line: lines + 1, ...inspection.where(null) };
    bytes += stretch.bytes;
    onProgress({ bytes, lines });
  }
  const report = inspection.end(bytes, lines);
  if (report !== null) return { ok: true, report };
  return { ok: false, reason: 'end-missing', line: lines + 1, kioskId: null, seq: null };
}

/** Where in a file lines of a type may stand: never after one of a later place. Records and checkpoints belong to their kiosk's line. */
const PLACES = {
  [EXPORT_TYPE]: 0,
  controller: 1,
  shop: 2,
  notice: 3,
  kiosk: 4,
  record: 5,
  checkpoint: 6,
  end: 7,
} as const;

function typeOf(read: ReadLine): ExportLine['type'] {
  return 'hash' in read ? 'record' : read.line.type;
}

function named<Id>({ id, name }: { readonly id: Id; readonly name: string }) {
  return { id, name: partToShow(name) };
}

class Inspection {
  readonly #descriptions = new Descriptions();
  readonly #kiosks: KioskReport[] = [];
  readonly #total = noFigures();
  #made: IsoTime | null = null;
  #place = -1;
  #kiosk: KioskState | null = null;
  #hasEnded = false;

  /** What is wrong with the next line, or null. */
  async take(read: ReadLine, number: number): Promise<FaultReason | null> {
    const fault = this.#checkPlace(typeOf(read));
    if (fault !== null) return fault;
    if ('hash' in read) return this.#kiosk === null ? 'line-out-of-place' : checkEntry(this.#kiosk, read);
    if ('signed' in read)
      return this.#kiosk === null ? 'line-out-of-place' : checkCheckpoint(this.#kiosk, read.signed);
    if ('isKeyUsable' in read) {
      this.#endKiosk();
      const begun = await this.#descriptions.beginKiosk(read);
      if (typeof begun === 'string') return begun;
      this.#kiosk = begun;
      return null;
    }
    if ('fileHash' in read) {
      this.#endKiosk();
      this.#hasEnded = true;
      if (read.line.lines !== number - 1) return 'line-count-wrong';
      return read.line.sha256 === read.fileHash ? null : 'file-hash-wrong';
    }
    return this.#describe(read.line);
  }

  #describe(line: DescriptionLine): FaultReason | null {
    switch (line.type) {
      case EXPORT_TYPE:
        this.#made = line.made;
        return null;
      case 'controller':
        return this.#descriptions.addController(line);
      case 'shop':
        return this.#descriptions.addShop(line);
      case 'notice':
        return this.#descriptions.addNotice(line);
    }
  }

  #checkPlace(type: ExportLine['type']): FaultReason | null {
    const place = PLACES[type];
    if ((type === EXPORT_TYPE) !== (this.#place === -1))
      return this.#place === -1 ? 'header-missing' : 'line-out-of-place';
    const isNextKiosk = type === 'kiosk' && this.#place > PLACES.kiosk;
    if (place < this.#place && !isNextKiosk) return 'line-out-of-place';
    this.#place = place;
    return null;
  }

  #endKiosk(): void {
    if (this.#kiosk === null) return;
    addFigures(this.#total, this.#kiosk.figures);
    this.#kiosks.push(reportOn(this.#kiosk));
    this.#kiosk = null;
  }

  /** Whose ledger a wrong line belongs to; null where it cannot be read. */
  where(read: ReadLine | null): Pick<Fault, 'kioskId' | 'seq'> {
    const kioskId = this.#kiosk?.line.kioskId ?? null;
    if (read === null) return { kioskId, seq: null };
    if ('hash' in read) return { kioskId, seq: read.seq };
    const { line } = read;
    const isOfKiosk = line.type === 'checkpoint';
    return { kioskId: line.type === 'kiosk' ? line.kioskId : isOfKiosk ? kioskId : null, seq: null };
  }

  /** The report, or null where the file was cut off. */
  end(bytes: number, lines: number): ExportReport | null {
    if (!this.#hasEnded || this.#made === null) return null;
    return {
      made: this.#made,
      lines,
      bytes,
      controllers: listed([...this.#descriptions.controllers.values()], named),
      shops: listed([...this.#descriptions.shops.values()], named),
      kiosks: this.#kiosks,
      total: this.#total,
    };
  }
}
