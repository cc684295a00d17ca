import { checkChain } from './checks/chain.ts';
import { checkContributions } from './checks/contributions.ts';
import { checkLooks } from './checks/looks.ts';
import { checkNotices } from './checks/notices.ts';
import { checkPairing } from './checks/pairing.ts';
import { checkPruning } from './checks/pruning.ts';
import { checkReceipts } from './checks/receipts.ts';
import { checkReleases } from './checks/releases.ts';
import { checkTallies } from './checks/tallies.ts';
import { checkTimeOrder } from './checks/time-order.ts';
import { checkWithdrawals } from './checks/withdrawals.ts';
import type { FaultReason } from './faults.ts';
import type { KioskState } from './kiosk-state.ts';
import type { ReadRecord } from './read-ledger-lines.ts';

/** What is checked of every entry, in this order. */
const CHECKS = [
  checkChain,
  checkTimeOrder,
  checkPruning,
  checkPairing,
  checkNotices,
  checkReceipts,
  checkLooks,
  checkContributions,
  checkWithdrawals,
  checkReleases,
  checkTallies,
] as const;

/** Checks one entry against all that its kiosk's entries before it said. */
export function checkEntry(kiosk: KioskState, read: ReadRecord): FaultReason | null {
  const item = { ...read, at: { time: read.time, clock: kiosk.clock } };
  for (const check of CHECKS) {
    const fault = check(kiosk, item);
    if (fault !== null) return fault;
  }
  return null;
}
