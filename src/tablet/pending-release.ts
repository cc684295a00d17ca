import { fraction, type PendingRelease, release, type WaitingAnswer } from '#counting';
import { type Instant, instant, MINUTE_MS, type Outcome, type ReceiptId } from '#values';
import { commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { readMeta, type StoredAnswer, type WriteTransaction, writeMeta } from './database.ts';

/** Releases are tried about once an hour, at moments that were drawn before anybody came: that one goes tells nothing of who just tapped. */
const SHORTEST_PAUSE_MS = 30 * MINUTE_MS;
export const LONGEST_PAUSE_MS = 90 * MINUTE_MS;

/** The answers that wait on this tablet, as `counting` works with them. */
export async function readPending(
  transaction: WriteTransaction,
  core: Pick<TabletCore, 'random'>,
): Promise<PendingRelease> {
  const answers = await transaction.objectStore('answers').getAll();
  const plan = await readMeta(transaction, 'releasePlan');
  const inState = (state: StoredAnswer['state']): ReadonlyMap<ReceiptId, WaitingAnswer> =>
    new Map(
      answers
        .filter((answer) => answer.state === state)
        .map(({ receiptId, cell, promised }) => [receiptId, { cell, promised }] as const),
    );
  return {
    add: inState('add'),
    subtract: inState('subtract'),
    released: inState('released'),
    patience: plan?.patience ?? fraction(core.random),
  };
}

/** Writes what differs between two states, so that a withdrawal costs the same after a year as on the first day. */
export async function writePending(
  transaction: WriteTransaction,
  before: PendingRelease,
  after: PendingRelease,
): Promise<void> {
  const store = transaction.objectStore('answers');
  for (const state of ['add', 'subtract', 'released'] as const) {
    for (const receiptId of before[state].keys()) {
      if (!after[state].has(receiptId)) await store.delete(receiptId);
    }
  }
  for (const state of ['add', 'subtract', 'released'] as const) {
    for (const [receiptId, answer] of after[state]) {
      if (!before[state].has(receiptId)) await store.put({ receiptId, ...answer, state });
    }
  }
}

/**
 * Lets waiting ages and genders go, as many releases as there are people for, if the moment drawn for it has come. Called while nobody is
 * at the kiosk, so that a visitor can still delete first.
 */
export async function releaseIfDue(core: TabletCore): Promise<Outcome<object, StorageFault>> {
  const now = core.now();
  const plan = await readMeta(core.database, 'releasePlan');
  if (plan !== null && isAhead(plan.nextTryAt, now)) return { ok: true };
  let released = false;
  const committed = await commit(core.database, core, async ({ transaction, append }) => {
    let pending = await readPending(transaction, core);
    // A tablet without a plan makes one first: its first release, too, goes at a moment that was drawn.
    for (let due = next(); due !== null; due = next()) {
      await append('release', due.change);
      await writePending(transaction, pending, due.pending);
      pending = due.pending;
      released = true;
    }
    const pauseMs = SHORTEST_PAUSE_MS + fraction(core.random) * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);
    const nextTryAt = instant(now + pauseMs);
    await writeMeta(transaction, 'releasePlan', { patience: pending.patience, nextTryAt });

    function next() {
      return plan === null ? null : release(pending, core.random);
    }
  });
  if (committed.ok && released) core.changed();
  return committed;
}

/** A moment further ahead than any that is drawn was drawn by a clock that has been put right since. */
function isAhead(nextTryAt: Instant, now: Instant): boolean {
  return now < nextTryAt && nextTryAt - now <= LONGEST_PAUSE_MS;
}
