import { localHour } from '#counting';
import { MAX_TALLY } from '#protocol';
import { HOUR_MS, type Instant, instant, type Outcome } from '#values';
import { commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { readMeta, type StoredTally, type WriteTransaction } from './database.ts';

export type TallyKind = 'declined' | 'left';

/** Adds one to this hour's anonymous count of people who said no or left without answering. */
export async function addToTally(core: TabletCore, kind: TallyKind): Promise<Outcome<object, StorageFault>> {
  const now = core.now();
  const committed = await commit(core.database, core, async ({ transaction }) => {
    const tally = await openTallyFrom(transaction, now, core.config().shop.timeZone);
    // A screen that taps itself fills the hour at most: what the wire refuses would keep all that comes after it from being sent.
    const people = Math.min(tally[kind] + 1, MAX_TALLY);
    await transaction.objectStore('tallies').put({ ...tally, [kind]: people });
  });
  if (committed.ok) core.changed();
  return committed;
}

/**
 * The tally of this hour, or of the next that is open. An hour that was closed and comes again, after a clock that ran ahead was put right,
 * has its last word in the ledger: who says no in it is counted an hour late rather than not at all, with or without a network. So it is with
 * hours that retention has deleted, where a flat battery sends the clock back to them.
 */
async function openTallyFrom(transaction: WriteTransaction, now: Instant, timeZone: string) {
  const keptSince = (await readMeta(transaction, 'talliesKeptSince')) ?? now;
  for (let time = instant(Math.max(now, keptSince)); ; time = instant(time + HOUR_MS)) {
    const hour = localHour(time, timeZone);
    const tally = (await transaction.objectStore('tallies').get(hour)) ?? {
      hour,
      declined: 0,
      left: 0,
      closed: false,
    };
    if (!tally.closed) return tally;
  }
}

/** Writes the tallies of hours that are over into the ledger, each once. */
export async function closePastTallies(core: TabletCore): Promise<Outcome<object, StorageFault>> {
  const currentHour = localHour(core.now(), core.config().shop.timeZone);
  const isOver = (tally: StoredTally) => !tally.closed && tally.hour < currentHour;
  // Asked once a minute: a commit that writes nothing still waits for the disk.
  if (!(await core.database.getAll('tallies')).some(isOver)) return { ok: true };
  let closed = false;
  const committed = await commit(core.database, core, async ({ transaction, append }) => {
    const store = transaction.objectStore('tallies');
    for (const tally of (await store.getAll()).filter(isOver)) {
      const { hour, declined, left } = tally;
      await append('tally-closed', { hour, declined, left });
      await store.put({ hour, declined, left, closed: true });
      closed = true;
    }
  });
  if (committed.ok && closed) core.changed();
  return committed;
}
