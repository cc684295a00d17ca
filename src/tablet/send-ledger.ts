import type { Head, LedgerRecord } from '#ledger';
import { MAX_BATCH_RECORDS, recordBytes } from '#protocol';
import { type Elapsed, MINUTE_MS } from '#values';
import { type BatchPace, batchPace } from './batch-pace.ts';
import { browserElapsed } from './core.ts';
import type { ServerAnswer, ServerFault } from './server-client.ts';

/** What stands around the records of a request: `{"records":[` and `]}`, and a comma after each. */
const ENVELOPE_BYTES = 14;
const SEPARATOR_BYTES = 1;

/** The tablet's ledger as sending needs it. */
export interface LedgerToSend {
  /** Records with a number above `seq`, in order, at most `limit`. */
  readonly recordsAfter: (seq: number, limit: number) => Promise<readonly LedgerRecord[]>;
  /** Whether this head is an entry of the tablet's own chain: null where what would show it is kept no longer. */
  readonly holds: (head: Head) => Promise<boolean | null>;
  /** The number of the oldest record that is kept; 0 while there is none. */
  readonly firstKept: () => Promise<number>;
  /** The receiver's newest entry as it says itself; null where it has none, also after it once had some. */
  readonly acknowledge: (head: Head | null) => Promise<void>;
}

export interface LedgerReceiver {
  readonly head: () => Promise<ServerAnswer<{ readonly head: Head | null }>>;
  readonly send: (records: readonly LedgerRecord[]) => Promise<ServerAnswer<{ readonly head: Head | null }>>;
}

/** A backlog over a weak link takes hours. After this long all else has its turn: staff take a kiosk that says nothing for three minutes for one that is off. */
const TURN_MS = MINUTE_MS;

export type SendResult =
  /** `isUnfinished`: all goes well, and more waits for the next turn. */
  | { readonly ok: true; readonly isUnfinished?: true }
  | ServerFault
  /** The receiver answers, but this batch did not get through in time; the next is smaller. */
  | { readonly ok: false; readonly reason: 'batch-lost' }
  | { readonly ok: false; readonly reason: 'fork' }
  /** The receiver was put back to an entry that is older than what is kept here: nothing here can join on. */
  | { readonly ok: false; readonly reason: 'no-longer-kept' };

const ANSWERED: ReadonlySet<string> = new Set(['refused', 'fork', 'no-longer-kept', 'batch-lost']);

/** Whether the receiver itself has just answered, whatever became of the entries. */
export function hasAnswered(result: SendResult): boolean {
  return result.ok || ANSWERED.has(result.reason);
}

/**
 * Sends the receiver what it lacks, in batches, starting from the head that it says it has, for about a minute. Sending may stop anywhere and begin
 * again: the receiver's own head decides what comes next, so nothing is lost and nothing is stored twice.
 */
export async function sendLedger(
  ledger: LedgerToSend,
  receiver: LedgerReceiver,
  pace: BatchPace = batchPace(),
  elapsed: Elapsed = browserElapsed,
): Promise<SendResult> {
  const asked = await receiver.head();
  if (!asked.ok) return asked;
  let head = asked.head;
  let begun: number | null = null;
  for (;;) {
    const isOurs = await isOwn(ledger, head);
    if (isOurs === null) return { ok: false, reason: 'no-longer-kept' };
    if (head !== null && !isOurs) {
      await showFork(ledger, receiver, head);
      return { ok: false, reason: 'fork' };
    }
    await ledger.acknowledge(head);
    const waiting = await ledger.recordsAfter(head?.seq ?? -1, MAX_BATCH_RECORDS);
    if (waiting.length === 0) return { ok: true };
    begun ??= elapsed();
    if (elapsed() - begun >= TURN_MS) return { ok: true, isUnfinished: true };
    const batch = fitBatch(waiting, pace.maxBytes());
    const sent = await pace.send(batch.bytes, () => receiver.send(batch.records));
    if (!sent.ok) return sent.reason === 'unreachable' ? { ok: false, reason: 'batch-lost' } : sent;
    if (sent.head === null || sent.head.seq <= (head?.seq ?? -1)) {
      // An answer that acknowledges nothing of a batch is no acknowledgement; asking again later is safe.
      return { ok: false, reason: 'not-our-server', pauseMs: null };
    }
    head = sent.head;
  }
}

/** Whether what is kept here goes on from the receiver's head. Null where it begins only later. */
async function isOwn(ledger: LedgerToSend, head: Head | null): Promise<boolean | null> {
  if (head !== null) return ledger.holds(head);
  return (await ledger.firstKept()) === 0 ? true : null;
}

/** The receiver's officer can only be told of a fork that the receiver was shown: our own entry in the place of its head, alone. */
async function showFork(ledger: LedgerToSend, receiver: LedgerReceiver, theirs: Head): Promise<void> {
  const ours = await ledger.recordsAfter(theirs.seq - 1, 1);
  if (ours.length > 0) await receiver.send(ours);
}

/** As many records from the front as fit one request of this size, and always at least one. */
function fitBatch(records: readonly LedgerRecord[], maxBytes: number) {
  let bytes = ENVELOPE_BYTES;
  let count = 0;
  for (const record of records) {
    const withRecord = bytes + recordBytes(record) + SEPARATOR_BYTES;
    if (count > 0 && withRecord > maxBytes) break;
    bytes = withRecord;
    count += 1;
  }
  return { bytes, records: records.slice(0, count) };
}
