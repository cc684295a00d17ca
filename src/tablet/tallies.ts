import { localHour } from '#counting';
import type { Outcome } from '#values';
import { commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';

export type TallyKind = 'declined' | 'left';

/** Adds one to this hour's anonymous count of people who said no or left without answering. */
export async function addToTally(core: TabletCore, kind: TallyKind): Promise<Outcome<object, StorageFault>> {
  const hour = localHour(core.now(), core.config().shop.timeZone);
  const committed = await commit(core.database, core, async ({ transaction }) => {
    const store = transaction.objectStore('tallies');
    const tally = (await store.get(hour)) ?? { hour, declined: 0, left: 0, closed: false };
    // An hour that was closed and comes again, by a clock turned back, takes nothing more: the ledger has its last word.
    if (!tally.closed) await store.put({ ...tally, [kind]: tally[kind] + 1 });
  });
  if (committed.ok) core.changed();
  return committed;
}

/** Writes the tallies of hours that are over into the ledger, each once. */
export async function closePastTallies(core: TabletCore): Promise<Outcome<object, StorageFault>> {
  const currentHour = localHour(core.now(), core.config().shop.timeZone);
  let closed = false;
  const committed = await commit(core.database, core, async ({ transaction, append }) => {
    const store = transaction.objectStore('tallies');
    for (const { hour, declined, left, closed: isClosed } of await store.getAll()) {
      if (isClosed || hour >= currentHour) continue;
      await append('tally-closed', { hour, declined, left });
      await store.put({ hour, declined, left, closed: true });
      closed = true;
    }
  });
  if (committed.ok && closed) core.changed();
  return committed;
}
