import { verifyCheckpoint } from '#ledger';
import { readCheckpoint } from '#protocol';
import type { IsoTime, JsonObject, Sha256 } from '#values';
import { ChainCheck } from './chain-check.ts';
import { checkAsFile, type FileCheck } from './check-as-file.ts';
import { isMissing } from './export-shop.ts';
import type { LedgerReader } from './ledger-figures.ts';
import type { Span } from './period.ts';
import { type Reading, readPages } from './read-records.ts';
import type { Snapshot, SnapshotKiosk } from './snapshot.ts';

/** How one kiosk's ledger stands. */
export interface InspectedLedger {
  readonly entries: number;
  /** The first entry at which the chain is not whole. */
  readonly brokenAt: number | null;
  /** What the check that anybody can run says of it. */
  readonly asFile: FileCheck;
  readonly longestPause: Span | null;
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
  context: Reading,
  snapshot: Snapshot,
  ofKiosk: SnapshotKiosk,
  reader: LedgerReader,
): Promise<InspectedLedger> {
  const { kiosk } = ofKiosk;
  const signed = await readSigned(ofKiosk);
  const chain = new ChainCheck();
  let entries = 0;
  let hasMissing = false;
  let hashOfSigned: Sha256 | null = null;
  for await (const records of readPages(context, kiosk.id, kiosk.head_seq)) {
    for (const record of records) {
      reader.take(record);
      hasMissing ||= isMissing(record, ofKiosk.prunedThrough);
      const { seq, hash } = chain.take(record);
      if (seq === signed?.seq) hashOfSigned = hash;
    }
    entries += records.length;
  }
  reader.end(snapshot.made);
  chain.end({ seq: kiosk.head_seq, hash: kiosk.head_hash });
  const asFile = await checkAsFile(context, snapshot, ofKiosk, chain.brokenAt === null && !hasMissing);
  const found = { entries, brokenAt: chain.brokenAt, asFile, longestPause: reader.longestPause };
  if (signed === null) return { ...found, checkpoint: null };
  const isVerified = signed.hash !== null && signed.hash === hashOfSigned;
  return { ...found, checkpoint: { seq: signed.seq, time: signed.time, isVerified } };
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
