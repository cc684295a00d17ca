import { checkLedger, type Fault, type KioskReport } from '#inspection';
import { type KioskId, sha256 } from '#values';
import type { Database } from '../database/open.ts';
import { nodeChecking } from '../node-checking.ts';
import { exportSnapshot, readCheckpoints } from './export-shop.ts';
import type { Reading } from './read-records.ts';
import type { Snapshot, SnapshotKiosk } from './snapshot.ts';

/** What the check says of one kiosk's ledger: the first thing that is wrong, or the report of it where nothing is. */
export interface FileCheck {
  readonly fault: Fault | null;
  readonly report: KioskReport | null;
}

interface Checked extends FileCheck {
  /** Of all that the file is made of: a chain of hashes stands for its entries. */
  readonly of: string;
}

/** The newest check of each kiosk. Half a year of a busy shop takes a minute, and is checked again only once it has grown. */
const checked = new WeakMap<Database, Map<KioskId, Checked>>();

/**
 * What the check that anybody can run says of one kiosk's ledger, handed out as a file. `isWhole`: its chain
 * was just found to be what its head says, with all bodies that it should have; a check is kept only then, since nothing in it can have changed unseen.
 */
export async function checkAsFile(
  context: Reading,
  snapshot: Snapshot,
  kiosk: SnapshotKiosk,
  isWhole: boolean,
): Promise<FileCheck> {
  const kept = checked.get(context.db) ?? new Map<KioskId, Checked>();
  checked.set(context.db, kept);
  const { id } = kiosk.kiosk;
  const of = await contentOf(context, snapshot, kiosk);
  const before = kept.get(id);
  if (isWhole && before?.of === of) return before;
  const outcome = await checkLedger(
    bytesOf(exportSnapshot(context, { ...snapshot, kiosks: [kiosk] })),
    nodeChecking,
  );
  const check: FileCheck = outcome.ok
    ? { fault: null, report: outcome.report.kiosks[0] ?? null }
    : { fault: outcome, report: null };
  if (isWhole) kept.set(id, { of, ...check });
  return check;
}

async function contentOf(
  context: Reading,
  { controller, shop, notices }: Snapshot,
  ofKiosk: SnapshotKiosk,
): Promise<string> {
  const { head_hash, public_key_json } = ofKiosk.kiosk;
  const checkpoints = await Array.fromAsync(readCheckpoints(context, ofKiosk));
  const pruned = [...ofKiosk.prunedThrough];
  return sha256(JSON.stringify([controller, shop, notices, head_hash, public_key_json, checkpoints, pruned]));
}

async function* bytesOf(pieces: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const utf8 = new TextEncoder();
  for await (const piece of pieces) yield utf8.encode(piece);
}
