import type { IsoTime } from '#values';
import { Descriptions } from './check-descriptions.ts';
import { checkEntry } from './check-entry.ts';
import { checkCheckpoint } from './checks/checkpoints.ts';
import { EXPORT_TYPE, type ExportLine } from './export-format.ts';
import type { Fault, FaultReason } from './faults.ts';
import type { Checking } from './hashing.ts';
import type { KioskState } from './kiosk-state.ts';
import { lookAhead } from './look-ahead.ts';
import { type ReadLine, readExport } from './read-export.ts';
import { addFigures, type ExportReport, type KioskReport, noFigures } from './report.ts';
import { reportOn } from './report-on.ts';
import type { Chunks } from './split-lines.ts';

/** Chunks whose signatures are being checked while those of the oldest are waited for. */
const CHUNKS_AHEAD = 3;

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
  for await (const steps of lookAhead(readExport(chunks, checking), CHUNKS_AHEAD)) {
    for (const step of steps) {
      lines = step.number;
      const reason = step.ok ? await inspection.take(step.read, step.number) : step.reason;
      if (reason !== null) return { ok: false, reason, line: lines, ...inspection.where(step) };
      if (step.ok) bytes += step.bytes;
    }
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
    const { line } = read;
    const fault = this.#checkPlace(line);
    if (fault !== null) return fault;
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
      case 'kiosk': {
        this.#endKiosk();
        const begun = await this.#descriptions.beginKiosk(line, read);
        if (typeof begun === 'string') return begun;
        this.#kiosk = begun;
        return null;
      }
      case 'record': {
        const { receipt, hashes } = read;
        if (this.#kiosk === null || hashes === null) return 'line-out-of-place';
        return checkEntry(this.#kiosk, line, hashes, receipt === null ? null : await receipt);
      }
      case 'checkpoint':
        if (this.#kiosk === null || read.checkpoint === null) return 'line-out-of-place';
        return checkCheckpoint(this.#kiosk, await read.checkpoint);
      case 'end':
        this.#endKiosk();
        this.#hasEnded = true;
        if (line.lines !== number - 1) return 'line-count-wrong';
        return line.sha256 === read.fileHash ? null : 'file-hash-wrong';
    }
  }

  #checkPlace({ type }: ExportLine): FaultReason | null {
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

  /** Whose ledger a wrong line belongs to. */
  where(step: { readonly ok: boolean; readonly read?: ReadLine }): Pick<Fault, 'kioskId' | 'seq'> {
    const line = step.read?.line;
    const isOfKiosk = line === undefined || line.type === 'record' || line.type === 'checkpoint';
    const kioskId =
      line?.type === 'kiosk' ? line.kioskId : isOfKiosk ? (this.#kiosk?.line.kioskId ?? null) : null;
    return { kioskId, seq: line?.type === 'record' ? line.entry.seq : null };
  }

  /** The report, or null where the file was cut off. */
  end(bytes: number, lines: number): ExportReport | null {
    if (!this.#hasEnded || this.#made === null) return null;
    return {
      made: this.#made,
      lines,
      bytes,
      controllers: [...this.#descriptions.controllers.values()],
      shops: [...this.#descriptions.shops.values()].map(({ id, name }) => ({ id, name })),
      kiosks: this.#kiosks,
      total: this.#total,
    };
  }
}
