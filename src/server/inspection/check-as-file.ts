import { checkLedger, type Fault } from '#inspection';
import { nodeChecking } from '../node-checking.ts';
import { exportSnapshot } from './export-shop.ts';
import type { Reading } from './read-records.ts';
import type { Snapshot, SnapshotKiosk } from './snapshot.ts';

/**
 * What the check that anybody can run says of one kiosk's ledger, handed out as a file: the first thing that is wrong, or null. So nothing that an
 * inspector's own check would find can be in order here.
 */
export async function checkAsFile(
  context: Reading,
  snapshot: Snapshot,
  kiosk: SnapshotKiosk,
): Promise<Fault | null> {
  const outcome = await checkLedger(
    bytesOf(exportSnapshot(context, { ...snapshot, kiosks: [kiosk] })),
    nodeChecking,
  );
  return outcome.ok ? null : outcome;
}

async function* bytesOf(pieces: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const utf8 = new TextEncoder();
  for await (const piece of pieces) yield utf8.encode(piece);
}
