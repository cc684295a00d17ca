import { checkChain, type Head, hashEntry, verifyCheckpoint } from '#ledger';
import { readCheckpoint } from '#protocol';
import type { IsoTime, JsonObject, Sha256 } from '#values';
import type { ServerContext } from '../context.ts';
import type { LedgerReader } from './ledger-figures.ts';
import { readPages } from './read-records.ts';
import type { SnapshotKiosk } from './snapshot.ts';

/** How one kiosk's ledger stands. */
export interface InspectedLedger {
  readonly entries: number;
  /** The first entry at which the chain is not whole. */
  readonly brokenAt: number | null;
  readonly checkpoint: {
    readonly seq: number;
    readonly time: IsoTime | null;
    readonly isVerified: boolean;
  } | null;
}

/**
 * Reads a kiosk's whole ledger as the server holds it: every hash is made anew, and the newest head that the kiosk signed is held against
 * its entry. Whoever changed the database shows here, as long as they cannot sign with the kiosk's key.
 */
export async function inspectLedger(
  context: Pick<ServerContext, 'db'>,
  snapshot: SnapshotKiosk,
  reader: LedgerReader,
): Promise<InspectedLedger> {
  const { kiosk } = snapshot;
  const signed = await readSigned(snapshot);
  let head: Head | null = null;
  let entries = 0;
  let brokenAt: number | null = null;
  let hashOfSigned: Sha256 | null = null;
  for await (const records of readPages(context, kiosk.id, kiosk.head_seq)) {
    const checked = checkChain(records, head);
    if ('seq' in checked) brokenAt ??= checked.seq;
    for (const record of records) {
      reader.take(record);
      if (record.entry.seq === signed?.seq) hashOfSigned = hashEntry(record.entry);
    }
    entries += records.length;
    // After a break the rest is measured by itself: the first wrong entry is the one to tell.
    const last = records.at(-1)?.entry;
    if (last !== undefined) head = { seq: last.seq, hash: hashEntry(last) };
  }
  reader.end();
  if ((head?.seq ?? null) !== kiosk.head_seq) brokenAt ??= (head?.seq ?? -1) + 1;
  else if (head !== null && head.hash !== kiosk.head_hash) brokenAt ??= head.seq;
  if (signed === null) return { entries, brokenAt, checkpoint: null };
  const isVerified = signed.hash !== null && signed.hash === hashOfSigned;
  return { entries, brokenAt, checkpoint: { seq: signed.seq, time: signed.time, isVerified } };
}

interface Signed {
  readonly seq: number;
  /** Null where it is not the kiosk that signed it. */
  readonly hash: Sha256 | null;
  readonly time: IsoTime | null;
}

async function readSigned({ kiosk, newestCheckpoint }: SnapshotKiosk): Promise<Signed | null> {
  if (newestCheckpoint === null) return null;
  const { seq, checkpoint } = newestCheckpoint;
  const signed = await verifyCheckpoint(checkpoint, JSON.parse(kiosk.public_key_json) as JsonObject);
  const read = signed.ok ? readCheckpoint(signed.payload) : null;
  if (read === null || read.kioskId !== kiosk.id || read.seq !== seq) return { seq, hash: null, time: null };
  return { seq, hash: read.hash, time: read.time };
}
