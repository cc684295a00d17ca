import { type PendingRelease, release } from '#counting';
import type { Outcome } from '#values';
import { commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import type { StoredAnswer, WriteTransaction } from './database.ts';

/** The answers that wait on this tablet, as `counting` works with them. */
export async function readPending(transaction: WriteTransaction): Promise<PendingRelease> {
  const answers = await transaction.objectStore('answers').getAll();
  const inState = (state: StoredAnswer['state']) =>
    new Map(
      answers
        .filter((answer) => answer.state === state)
        .map((answer) => [answer.receiptId, answer.cell] as const),
    );
  return { add: inState('add'), subtract: inState('subtract'), released: inState('released') };
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
    for (const [receiptId, cell] of after[state]) {
      if (!before[state].has(receiptId)) await store.put({ receiptId, cell, state });
    }
  }
}

/** Lets the waiting ages and genders go if they are enough people. Called between visits, so that a visitor can still delete first. */
export async function releaseIfEnough(core: TabletCore): Promise<Outcome<object, StorageFault>> {
  const k = core.config().settings.releaseMin;
  let released = false;
  const committed = await commit(core.database, core, async ({ transaction, append }) => {
    const before = await readPending(transaction);
    const due = release(before, k);
    if (due === null) return;
    await append('release', due.change);
    await writePending(transaction, before, due.pending);
    released = true;
  });
  if (committed.ok && released) core.changed();
  return committed;
}
