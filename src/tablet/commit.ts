import { type EntryBodies, type EntryKind, type Head, sealEntry } from '#ledger';
import { isSendable, MAX_CLOCK_OFFSET_MS, MAX_OPEN_MS } from '#protocol';
import { type Instant, instant, instantFromIso, type Outcome, type RandomBytes } from '#values';
import { CLOCK_CHANGE_MS, type CorrectedClock } from './clock.ts';
import { beginWrite, type Database, readMeta, type WriteTransaction, writeMeta } from './database.ts';

export type StorageFault = 'storage-full' | 'storage-failed';

/** What writing needs of the world. */
interface Effects {
  readonly clock: CorrectedClock;
  readonly random: RandomBytes;
}

/** A record that could never be sent would end the ledger for the server: the kiosk rests rather than write it. */
class UnsendableRecord extends Error {}

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
  effects: Effects,
  work: (commit: Commit) => Promise<void>,
): Promise<Outcome<object, StorageFault>> {
  let transaction: WriteTransaction | null = null;
  try {
    // Storage that the browser took away throws here already.
    const begun = beginWrite(database);
    transaction = begun;
    // Awaited below; this keeps an abort that comes first from being reported as unhandled.
    begun.done.catch(() => undefined);
    await work({ transaction: begun, append: (kind, body) => append(begun, effects, kind, body) });
    await begun.done;
    return { ok: true };
  } catch (error) {
    if (transaction !== null) abort(transaction);
    return { ok: false, reason: storageFault(transaction?.error ?? error) };
  }
}

/**
 * The ledger's order is its numbers, and its times never run backward unsaid: a clock that slipped a little waits, and one that was turned
 * back, while there was no server to compare with, says so first.
 */
async function append<Kind extends EntryKind>(
  transaction: WriteTransaction,
  effects: Effects,
  kind: Kind,
  body: EntryBodies[Kind],
): Promise<void> {
  const head: Head | null = await readMeta(transaction, 'head');
  const last = head === null ? undefined : await transaction.objectStore('entries').get(head.seq);
  const lastTime = instantFromIso(last?.entry.time ?? '') ?? instant(0);
  const now = effects.clock.now();
  const wasTurnedBack = lastTime - now > CLOCK_CHANGE_MS;
  if (wasTurnedBack && kind !== 'clock-changed') {
    const { offsetMs, uncertaintyMs } = effects.clock.reading();
    const changed = { offsetMs, uncertaintyMs: Math.max(uncertaintyMs ?? 0, lastTime - now) };
    await seal(transaction, effects, head, 'clock-changed', changed, now);
    return append(transaction, effects, kind, body);
  }
  await seal(transaction, effects, head, kind, body, wasTurnedBack ? now : instant(Math.max(now, lastTime)));
}

async function seal<Kind extends EntryKind>(
  transaction: WriteTransaction,
  { random }: Effects,
  head: Head | null,
  kind: Kind,
  body: EntryBodies[Kind],
  time: Instant,
): Promise<void> {
  const sealed = sealEntry(head, kind, fitForWire(kind, body), time, random);
  if (!isSendable(sealed.record)) throw new UnsendableRecord(`No server would take this ${kind}.`);
  await transaction.objectStore('entries').add({ ...sealed.record, seq: sealed.head.seq });
  await writeMeta(transaction, 'head', sealed.head);
}

/** A clock can be set to anything, and a tablet can sleep with a camera open; what the ledger says of it stays within what the wire takes. */
function fitForWire<Kind extends EntryKind>(kind: Kind, body: EntryBodies[Kind]): EntryBodies[Kind] {
  if (kind === 'look-closed' && 'openMs' in body && body.openMs !== null) {
    return { ...body, openMs: Math.min(body.openMs, MAX_OPEN_MS) };
  }
  if (kind !== 'clock-changed' || !('offsetMs' in body)) return body;
  const offsetMs = Math.max(-MAX_CLOCK_OFFSET_MS, Math.min(body.offsetMs, MAX_CLOCK_OFFSET_MS));
  return { ...body, offsetMs };
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
  if (error instanceof UnsendableRecord) {
    reportError(error);
    return 'storage-failed';
  }
  if (!(error instanceof DOMException)) throw error;
  return error.name === 'QuotaExceededError' ? 'storage-full' : 'storage-failed';
}
