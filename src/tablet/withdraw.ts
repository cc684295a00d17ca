import { takeOut } from '#counting';
import type { WithdrawalPlace } from '#ledger';
import type { Instant, Outcome, ReceiptId } from '#values';
import { type Commit, commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import type { StoredReceipt } from './database.ts';
import { linkCutoff } from './link-cutoff.ts';
import { readPending, writePending } from './pending-release.ts';

/** Takes receipts back: out of every count here, and as ledger entries that tell the server. Doing it twice changes nothing. */
export async function withdraw(
  core: TabletCore,
  receiptIds: readonly ReceiptId[],
  place: WithdrawalPlace,
): Promise<Outcome<object, StorageFault>> {
  let changes = 0;
  const committed = await commit(core.database, core, async (work) => {
    changes = await takeBack(work, core, receiptIds, place);
  });
  if (committed.ok && changes > 0) core.changed();
  return committed;
}

/** A withdrawal within a commit that does more. Gives how many receipts it took back. */
export async function takeBack(
  { transaction, append }: Commit,
  core: TabletCore,
  receiptIds: readonly ReceiptId[],
  place: WithdrawalPlace,
): Promise<number> {
  let changes = 0;
  const before = await readPending(transaction, core);
  let pending = before;
  for (const receiptId of receiptIds) {
    const known = await transaction.objectStore('receipts').get(receiptId);
    // Retention may have deleted a receipt that its holder takes back at the server: the ledger shows that all the same, once.
    const receipt = known ?? (place === 'kiosk' ? null : noLongerKept(receiptId, core.now()));
    if (receipt === null || receipt.contribution === 'withdrawn') continue;
    await append('contribution-withdrawn', { receiptId, place });
    const late = isTooLate(core, receipt) ? ({ wasTooLate: true } as const) : {};
    await transaction.objectStore('receipts').put({ ...receipt, contribution: 'withdrawn', ...late });
    pending = takeOut(pending, receiptId);
    changes += 1;
  }
  if (changes > 0) await writePending(transaction, before, pending);
  return changes;
}

/**
 * The server cuts links every hour and this tablet once a day: by the time that both go by, the number may have been cut loose there already. A clock that
 * leapt makes nobody late.
 */
function isTooLate(core: TabletCore, { contribution, countedAt, linkDays }: StoredReceipt): boolean {
  if (contribution === 'cut') return true;
  const now = core.clock.believed();
  return now !== null && countedAt !== undefined && countedAt <= linkCutoff(core, now, linkDays);
}

function noLongerKept(id: ReceiptId, now: Instant): StoredReceipt {
  return { id, purposes: [], issuedAt: now, contribution: 'cut' };
}
