import { type EntryBodies, type EntryKind, type Head, sealEntry } from '#ledger';
import type { Instant, Outcome, RandomBytes } from '#values';
import { beginWrite, type Database, readMeta, type WriteTransaction, writeMeta } from './database.ts';

export type StorageFault = 'storage-full' | 'storage-failed';

/** What a piece of work may do inside one durable transaction. */
export interface Commit {
  readonly transaction: WriteTransaction;
  readonly append: <Kind extends EntryKind>(kind: Kind, body: EntryBodies[Kind]) => Promise<void>;
}

/**
 * Does all of `work` or none of it, and returns success only once it is on disk. Entries join the newest head inside the same
 * transaction, so two writers can never make two entries with one number.
 */
export async function commit(
  database: Database,
  effects: { readonly now: () => Instant; readonly random: RandomBytes },
  work: (commit: Commit) => Promise<void>,
): Promise<Outcome<object, StorageFault>> {
  const transaction = beginWrite(database);
  // Awaited below; this keeps an abort that comes first from being reported as unhandled.
  transaction.done.catch(() => undefined);
  try {
    await work({ transaction, append: (kind, body) => append(transaction, effects, kind, body) });
    await transaction.done;
    return { ok: true };
  } catch (error) {
    abort(transaction);
    return { ok: false, reason: storageFault(transaction.error ?? error) };
  }
}

async function append<Kind extends EntryKind>(
  transaction: WriteTransaction,
  effects: { readonly now: () => Instant; readonly random: RandomBytes },
  kind: Kind,
  body: EntryBodies[Kind],
): Promise<void> {
  const head: Head | null = await readMeta(transaction, 'head');
  const sealed = sealEntry(head, kind, body, effects.now(), effects.random);
  await transaction.objectStore('entries').add({ ...sealed.record, seq: sealed.head.seq });
  await writeMeta(transaction, 'head', sealed.head);
}

function abort(transaction: WriteTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself already, which is what is wanted.
  }
}

/** Storage faults are the world's; anything else is a bug and goes on as one. */
function storageFault(error: unknown): StorageFault {
  if (!(error instanceof DOMException)) throw error;
  return error.name === 'QuotaExceededError' ? 'storage-full' : 'storage-failed';
}
