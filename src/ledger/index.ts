/**
 * Ledger: entries, the hash chain over them, joining a batch to a chain, and checking.
 * Pure: runs the same in the browser, on the server and on the command line. Imports `values` and `consent` alone.
 * Never stores, sends or signs; never reads a clock.
 */
export { checkChain, type ChainFault, type ChainFaultReason } from './check-chain.ts';
export {
  type Entry,
  type EntryBodies,
  type EntryBody,
  type EntryKind,
  ENTRY_KINDS,
  GENESIS_HASH,
  type Head,
  type LedgerRecord,
  LOOK_ENDINGS,
  type LookEnding,
  WITHDRAWAL_PLACES,
  type WithdrawalPlace,
} from './entry.ts';
export { hashEntry, sealEntry } from './seal.ts';
export { joinBatch, type JoinRefusal, type StoredChain } from './join-batch.ts';
