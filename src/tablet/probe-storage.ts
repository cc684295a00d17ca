import type { Outcome } from '#values';
import { commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { writeMeta } from './database.ts';

/** More than a visit writes: a receipt of at most 16 KB with its entries. */
const PROBE_CHARACTERS = 64 * 1024;

/** Whether a visit could be stored now, so that a full tablet rests instead of asking people whose yes it cannot keep. */
export async function probeStorage(core: TabletCore): Promise<Outcome<object, StorageFault>> {
  const written = await commit(core.database, core, ({ transaction }) =>
    writeMeta(transaction, 'probe', 'x'.repeat(PROBE_CHARACTERS)),
  );
  if (!written.ok) return written;
  return commit(core.database, core, ({ transaction }) => transaction.objectStore('meta').delete('probe'));
}
