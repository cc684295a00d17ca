import { type ExportedKiosk, inPieces, writeExport } from '#inspection';
import { type JsonObject, type ShopId, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import { nodeHashing } from '../node-hashing.ts';
import { readRecords } from './read-records.ts';
import { type Snapshot, type SnapshotKiosk, takeSnapshot } from './snapshot.ts';

const CHECKPOINTS_A_PAGE = 500;

type Stores = Pick<ServerContext, 'db' | 'now'>;

/**
 * The ledgers of a shop as one file that anybody can check: pieces of text, made as they are asked for. What every kiosk had sent when it
 * began is in it, and nothing that came later. Nobody's age or gender is: ledgers hold releases alone.
 */
export async function exportShop(
  context: Stores,
  shopId: ShopId,
): Promise<{ readonly fileName: string; readonly pieces: AsyncGenerator<string> }> {
  const snapshot = await takeSnapshot(context, shopId);
  const { made, controller, shop, notices } = snapshot;
  const lines = writeExport(
    {
      made,
      controllers: [controller],
      shops: [shop],
      notices: notices.map(({ notice }) => ({ shopId, notice })),
      kiosks: exportedKiosks(context, snapshot),
    },
    nodeHashing,
  );
  const [date] = toIso(made).split('T', 1);
  return { fileName: `askfirst-${shopId}-${date}.jsonl`, pieces: inPieces(lines) };
}

async function* exportedKiosks(context: Stores, { shop, kiosks }: Snapshot): AsyncGenerator<ExportedKiosk> {
  for (const snapshot of kiosks) {
    const { kiosk } = snapshot;
    yield {
      kioskId: kiosk.id,
      shopId: shop.id,
      controllerId: shop.controllerId,
      publicKey: JSON.parse(kiosk.public_key_json) as JsonObject,
      records: readRecords(context, kiosk.id, kiosk.head_seq),
      checkpoints: readCheckpoints(context, snapshot),
    };
  }
}

/** Those of days that are over are kept for good; the newest may be replaced while we write, so it is the snapshot's. */
async function* readCheckpoints(
  { db }: Stores,
  { kiosk, newestCheckpoint }: SnapshotKiosk,
): AsyncGenerator<string> {
  if (newestCheckpoint === null) return;
  let after = -1;
  for (;;) {
    const rows = await db
      .selectFrom('checkpoint')
      .select(['seq', 'checkpoint'])
      .where('kiosk_id', '=', kiosk.id)
      .where('seq', '>', after)
      .where('seq', '<', newestCheckpoint.seq)
      .orderBy('seq')
      .limit(CHECKPOINTS_A_PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) break;
    for (const { checkpoint } of rows) yield checkpoint;
    after = last.seq;
  }
  yield newestCheckpoint.checkpoint;
}
