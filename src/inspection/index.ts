/**
 * Inspection: the file in which ledgers are handed out, writing it, and checking it without trusting whoever wrote it.
 * Imports `values`, `consent`, `ledger`, `counting` and `protocol`, and zod. Pure: the file comes in as bytes, hashing and the check of signatures as arguments.
 * Never reads a clock, a disk or the network, and never keeps more of a file than the receipts of one kiosk.
 */
export { type CheckOutcome, checkLedger, type Progress } from './check-ledger.ts';
export {
  FACT_NAMES,
  type Fact,
  type FactName,
  figureFacts,
  fileFacts,
  kioskFacts,
  sizeOfGap,
} from './facts.ts';
export { FAULT_REASONS, type Fault, type FaultReason, faultInWords } from './faults.ts';
export type { Checking, Hashing } from './hashing.ts';
export { legible, spelledOut } from './legible.ts';
export { LONGEST_LOOK_MS } from './limits.ts';
export { portableChecking } from './portable-checking.ts';
export {
  type LedgerLines,
  type LedgerReader,
  type LedgerReading,
  ledgerReader,
} from './read-ledger-lines.ts';
export { type ExportReport, type Figures, GAPS, type Gap, type KioskReport, type Listed } from './report.ts';
export { SUPPLIERS, type Supplier, TOUCHES, type Touch } from './suppliers.ts';
export { type ExportContent, type ExportedKiosk, inPieces, writeExport } from './write-export.ts';
