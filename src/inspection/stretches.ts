import type { Piece } from './split-lines.ts';

/** Lines that are read together: some of one kiosk's ledger, or one other line. */
export interface Stretch {
  readonly kind: 'ledger' | 'other';
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where in `bytes` each line ends, after its line break. */
  readonly ends: readonly number[];
}

/** How a record and a checkpoint begin, and nothing else that is canonical JSON and a line. */
const BEGINNINGS = ['{"body":', '{"checkpoint":'].map((text) => new TextEncoder().encode(text));

/** Parts whole lines into stretches, by their first bytes alone. */
export function stretchesOf({ bytes, ends }: Extract<Piece, { kind: 'lines' }>): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let ledgerFrom = 0;
  let ledgerEnds: number[] = [];
  let from = 0;
  const endLedger = (): void => {
    if (ledgerEnds.length > 0)
      stretches.push({ kind: 'ledger', bytes: bytes.subarray(ledgerFrom, from), ends: ledgerEnds });
    ledgerEnds = [];
  };
  for (const end of ends) {
    if (BEGINNINGS.some((beginning) => startsWith(bytes, from, beginning))) {
      if (ledgerEnds.length === 0) ledgerFrom = from;
      ledgerEnds.push(end - ledgerFrom);
    } else {
      endLedger();
      stretches.push({ kind: 'other', bytes: bytes.subarray(from, end), ends: [end - from] });
    }
    from = end;
  }
  endLedger();
  return stretches;
}

function startsWith(bytes: Uint8Array, from: number, beginning: Uint8Array): boolean {
  return beginning.every((byte, index) => bytes[from + index] === byte);
}
