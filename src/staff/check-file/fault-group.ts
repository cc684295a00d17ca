import type { FaultReason } from '#inspection';

/** What a fault is about, in the words of a person who has never seen a ledger. Each has its sentence under `check.group`. */
export const FAULT_GROUPS = ['file', 'names', 'chain', 'receipts', 'looks', 'counts', 'signatures'] as const;
export type FaultGroup = (typeof FAULT_GROUPS)[number];

const CHAIN: ReadonlySet<FaultReason> = new Set([
  'too-many-entries',
  'sequence-broken',
  'previous-hash-wrong',
  'body-hash-wrong',
  'first-entry-wrong',
  'paired-twice',
  'time-backwards',
  'pruned-too-new',
  'pruned-for-nothing',
  'first-entry-pruned',
]);
const NAMES: ReadonlySet<FaultReason> = new Set([
  'named-twice',
  'controller-unknown',
  'shop-unknown',
  'time-zone-unknown',
  'notice-hash-wrong',
  'key-unusable',
  'pairing-wrong',
]);

export function groupOf(reason: FaultReason): FaultGroup {
  if (CHAIN.has(reason)) return 'chain';
  if (NAMES.has(reason)) return 'names';
  if (reason.startsWith('checkpoint-')) return 'signatures';
  if (/^(receipt|notice)-/.test(reason)) return 'receipts';
  if (reason.startsWith('look-')) return 'looks';
  return /^(contribution|withdrawn|release|tally)-/.test(reason) ? 'counts' : 'file';
}
