/**
 * Ledger: entries, the hash chain over them, joining a batch to a chain, and checking.
 * Pure: runs the same in the browser, on the server and on the command line. Imports `values` and `consent` alone.
 * Never stores or sends; signs with the key that it is given, and never reads a clock.
 */
export { type ChainFault, type ChainFaultReason, checkChain } from './check-chain.ts';
export {
  CHECKPOINT_TYPE,
  type Checkpoint,
  type CheckpointFault,
  type CheckpointVerifier,
  checkpointVerifier,
  signCheckpoint,
  verifyCheckpoint,
} from './checkpoint.ts';
export {
  ENTRY_KINDS,
  type Entry,
  type EntryBodies,
  type EntryBody,
  type EntryKind,
  GENESIS_HASH,
  type Head,
  type LedgerRecord,
  LOOK_ENDINGS,
  type LookEnding,
  type RetentionRun,
  type ServerRetentionRun,
  WITHDRAWAL_PLACES,
  type WithdrawalPlace,
} from './entry.ts';
export { type JoinRefusal, joinBatch, type StoredChain } from './join-batch.ts';
export { hashEntry, sealEntry } from './seal.ts';
