import { type Checkpoint, type EntryBodies, type Head, joinBatch, type LedgerRecord } from '#ledger';
import type { EntriesRequest, ReceiptReading, RefusalReason } from '#protocol';
import type { Sha256 } from '#values';
import type { ServerContext } from '../context.ts';
import { hashText } from '../hash-text.ts';
import { takeWaitingWithdrawals } from '../receipt/waiting-withdrawals.ts';
import { applyRecord } from './apply-record.ts';
import type { KioskRow } from './authenticate.ts';
import { BatchBook } from './batch-book.ts';
import { keepRecords, moveHead, readChain, readShop, storedHead } from './chain.ts';
import { checkReceipts } from './check-receipts.ts';
import { checkCheckpoint, keepCheckpoint } from './checkpoint.ts';
import { noteNamed } from './note-named.ts';
import { noteRefusal } from './note-refusal.ts';
import { Refused } from './refused.ts';
import { writtenTimes } from './written-times.ts';

/** Two requests of one kiosk seldom meet; where they do, one of them is always kept, so the other soon is. */
const MAX_TRIES = 5;

export type IngestOutcome =
  | { readonly ok: true; readonly head: Head | null }
  | {
      readonly ok: false;
      readonly reason: RefusalReason;
      readonly head: Head | null;
      readonly seq: number | null;
    };

/**
 * Takes a batch of a kiosk's ledger: checks that it joins on, checks every receipt and what every entry claims, and keeps all of it or
 * nothing. Returns only once it is on disk. Everything in the batch may have been written by an attacker who holds a kiosk's key.
 */
export async function ingest(
  context: ServerContext,
  kiosk: KioskRow,
  { records, checkpoint }: EntriesRequest,
): Promise<IngestOutcome> {
  try {
    const signed = await checkCheckpoint(kiosk, records, checkpoint);
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const joined = await join(context, kiosk, records);
      if (joined.fresh.length === 0) return { ok: true, head: joined.after };
      // Checked before the transaction begins: signatures take their time, and others' writing must not wait for it.
      const receipts = await checkReceipts(context, kiosk, joined.fresh);
      const moved = await keep(context, kiosk, joined, receipts, { signed, jws: checkpoint });
      if (moved === 'revoked') return { ok: false, reason: 'kiosk-revoked', head: null, seq: null };
      if (moved === 'moved') {
        context.live.changed(kiosk.shop_id);
        return { ok: true, head: joined.after };
      }
    }
    return { ok: false, reason: 'server-busy', head: null, seq: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await noteRefusal(context, kiosk, error);
    return { ok: false, reason: error.reason, head: await storedHead(context, kiosk.id), seq: error.seq };
  }
}

interface Joined {
  readonly before: Head | null;
  readonly fresh: readonly LedgerRecord[];
  readonly freshHashes: readonly Sha256[];
  readonly after: Head;
}

async function join(
  { db }: ServerContext,
  kiosk: KioskRow,
  records: readonly LedgerRecord[],
): Promise<Joined> {
  const stored = await readChain(db, kiosk.id, records);
  const joined = joinBatch(stored, records, hashText);
  if (!joined.ok) throw new Refused(joined.reason === 'empty' ? 'malformed' : joined.reason, null);
  const { fresh, freshHashes, head } = joined;
  return { before: stored.head, fresh, freshHashes, after: head };
}

/** All of it in one transaction; nothing where another request of this kiosk was quicker, or the kiosk was shut out meanwhile. */
async function keep(
  context: ServerContext,
  kiosk: KioskRow,
  { before, fresh, freshHashes, after }: Joined,
  receipts: ReadonlyMap<number, ReceiptReading>,
  checkpoint: { readonly signed: Checkpoint; readonly jws: string },
): ReturnType<typeof moveHead> {
  return context.inTransaction(async (db) => {
    const now = context.now();
    const moved = await moveHead(db, kiosk.id, before, after, now);
    if (moved !== 'moved') return moved;
    const book = new BatchBook();
    const waiting = await takeWaitingWithdrawals(db, issuedIn(fresh));
    const writtenAt = await writtenTimes(db, kiosk.id, fresh, now);
    const shop = await readShop(db, kiosk);
    const applying = { db, kiosk, now, writtenAt, receipts, shop, waiting, book };
    await keepRecords(db, kiosk.id, fresh, freshHashes, writtenAt, now);
    await keepCheckpoint(db, kiosk, checkpoint.signed, checkpoint.jws, now);
    for (const record of fresh) await applyRecord(applying, record);
    await noteNamed(db, kiosk.shop_id, fresh, receipts);
    await book.write(db, kiosk);
    return moved;
  });
}

function issuedIn(records: readonly LedgerRecord[]): EntryBodies['receipt-issued'][] {
  return records.flatMap(({ entry, body }) =>
    entry.kind === 'receipt-issued' && body !== null ? [body as EntryBodies['receipt-issued']] : [],
  );
}
