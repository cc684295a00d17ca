import { type Head, hashEntry, type LedgerRecord } from '#ledger';
import type { RandomBytes } from '#values';
import type { CorrectedClock } from './clock.ts';
import { commit } from './commit.ts';
import { type Database, readMeta, writeMeta } from './database.ts';
import type { LedgerToSend } from './send-ledger.ts';

/** The ledger in this tablet's storage, as sending needs it. */
export function storedLedger(
  database: Database,
  effects: { clock: CorrectedClock; random: RandomBytes },
): LedgerToSend {
  const firstKept = async () => (await readMeta(database, 'firstKept')) ?? 0;
  return {
    recordsAfter: async (seq, limit) => {
      const stored = await database.getAll('entries', IDBKeyRange.lowerBound(seq, true), limit);
      return stored.map(({ seq: _key, ...record }) => record as LedgerRecord);
    },
    holds: async (head: Head) => {
      const stored = await database.get('entries', head.seq);
      if (stored !== undefined) return hashEntry(stored.entry) === head.hash;
      // The oldest record that is kept still names the one before it.
      const next = await database.get('entries', head.seq + 1);
      if (next !== undefined) return next.entry.previous === head.hash;
      return head.seq < (await firstKept()) ? null : false;
    },
    firstKept,
    acknowledge: async (head) => {
      const known = await readMeta(database, 'acknowledged');
      if (known?.hash === head?.hash) return;
      // Losing this note costs one question to the server, so its failure stops nothing.
      await commit(database, effects, ({ transaction }) =>
        head === null
          ? transaction.objectStore('meta').delete('acknowledged')
          : writeMeta(transaction, 'acknowledged', head),
      );
    },
  };
}

/** Entries that the server has not acknowledged yet. */
export async function countWaiting(database: Database): Promise<number> {
  const [head, acknowledged] = await Promise.all([
    readMeta(database, 'head'),
    readMeta(database, 'acknowledged'),
  ]);
  return (head?.seq ?? -1) - (acknowledged?.seq ?? -1);
}
