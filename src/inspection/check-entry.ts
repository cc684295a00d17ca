import type { Instant } from '#values';
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
import type { RecordLine } from './export-format.ts';
import type { FaultReason } from './faults.ts';
import type { Hashing } from './hashing.ts';
import type { Item } from './item.ts';
import type { KioskState } from './kiosk-state.ts';
import type { SignedReceipt } from './read-export.ts';

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

const BODY_AT = '{"body":'.length;
const BETWEEN = ',"entry":'.length;
const AFTER = ',"type":"record"}'.length;

/** Checks one entry against all that its kiosk's entries before it said. */
export function checkEntry(
  kiosk: KioskState,
  line: RecordLine,
  text: string,
  signed: SignedReceipt | null,
  { sha256 }: Pick<Hashing, 'sha256'>,
): FaultReason | null {
  const { entry, body } = line;
  // The line is known to be canonical, so what is hashed stands in it as it is.
  const entryText = JSON.stringify({
    bodyHash: entry.bodyHash,
    kind: entry.kind,
    previous: entry.previous,
    seq: entry.seq,
    time: entry.time,
  });
  const bodyText = text.slice(BODY_AT, text.length - AFTER - entryText.length - BETWEEN);
  const item = {
    kind: entry.kind,
    entry,
    body,
    at: { time: Date.parse(entry.time) as Instant, clock: kiosk.clock },
    entryHash: sha256(entryText),
    bodyHash: body === null ? null : sha256(bodyText),
    signed,
  } as Item;
  for (const check of CHECKS) {
    const fault = check(kiosk, item);
    if (fault !== null) return fault;
  }
  return null;
}
