import { type ExportedKiosk, inPieces, writeExport } from '#inspection';
import type { LedgerRecord } from '#ledger';
import { type JsonObject, type Outcome, type ShopId, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import { inOneMoment } from '../database/one-moment.ts';
import { nodeHashing } from '../node-hashing.ts';
import { KINDS_OF, PRUNED_CLASSES } from '../retention/rules.ts';
import { beginExport } from './exports-underway.ts';
import { type Reading, readRecords } from './read-records.ts';
import { type Snapshot, type SnapshotKiosk, takeSnapshot } from './snapshot.ts';

const CHECKPOINTS_A_PAGE = 500;

type Stores = Pick<ServerContext, 'db' | 'now'>;

interface Export {
  readonly fileName: string;
  readonly pieces: AsyncGenerator<string>;
  /** Gives its place to others. The end of the pieces does so too, but not where nobody takes the first of them. */
  readonly end: () => void;
}

/**
 * The ledgers of a shop as one file that anybody can check: pieces of text, made as they are asked for. What every kiosk had sent when it
 * began is in it, and nothing that came later. Nobody's age or gender is: ledgers hold releases alone. Refused where too many are being sent.
 */
export async function exportShop(context: Stores, shopId: ShopId): Promise<Outcome<Export, 'server-busy'>> {
  const end = beginExport(context.db, shopId, context.now());
  if (end === null) return { ok: false, reason: 'server-busy' };
  try {
    const { db, now } = context;
    const snapshot = await inOneMoment(db, (moment) => takeSnapshot({ db: moment, now }, shopId));
    const [date] = toIso(snapshot.made).split('T', 1);
    const pieces = untilEnded(exportSnapshot(context, snapshot), end);
    return { ok: true, fileName: `askfirst-${shopId}-${date}.jsonl`, pieces, end };
  } catch (error) {
    end();
    throw error;
  }
}

/** The same of a moment that is known already. Breaks off with `Overtaken` where retention ran meanwhile. */
export function exportSnapshot(context: Reading, snapshot: Snapshot): AsyncGenerator<string> {
  const { made, controller, shop, notices } = snapshot;
  const lines = writeExport(
    {
      made,
      controllers: [controller],
      shops: [shop],
      notices: notices.map(({ notice }) => ({ shopId: shop.id, notice })),
      kiosks: exportedKiosks(context, snapshot),
    },
    nodeHashing,
  );
  return inPieces(lines);
}

/** Retention ran while ledgers were read. */
export class Overtaken extends Error {}

async function* exportedKiosks(context: Reading, { shop, kiosks }: Snapshot): AsyncGenerator<ExportedKiosk> {
  for (const snapshot of kiosks) {
    const { kiosk } = snapshot;
    yield {
      kioskId: kiosk.id,
      shopId: shop.id,
      controllerId: shop.controllerId,
      publicKey: JSON.parse(kiosk.public_key_json) as JsonObject,
      records: recordsOf(context, snapshot),
      checkpoints: readCheckpoints(context, snapshot),
    };
  }
}

/** Passes on what comes, and tells when nothing more does, also where nobody wants the rest. */
async function* untilEnded(pieces: AsyncGenerator<string>, end: () => void): AsyncGenerator<string> {
  try {
    yield* pieces;
  } finally {
    end();
  }
}

/**
 * A ledger as it was when the export began. Retention waits for a while; where it ran all the same, as on another server of the same database,
 * later entries have lost bodies that earlier ones still had, and the file would look as if somebody had taken them out: it is broken off.
 */
async function* recordsOf(
  context: Reading,
  { kiosk, prunedThrough }: SnapshotKiosk,
): AsyncGenerator<LedgerRecord> {
  for await (const record of readRecords(context, kiosk.id, kiosk.head_seq)) {
    if (isMissing(record, prunedThrough)) throw new Overtaken('Retention ran while a file was sent.');
    yield record;
  }
}

/** Whether a body is gone that was there when the snapshot was taken. */
export function isMissing(
  { entry, body }: LedgerRecord,
  prunedThrough: SnapshotKiosk['prunedThrough'],
): boolean {
  if (body !== null) return false;
  const prunedClass = PRUNED_CLASSES.find((each) => KINDS_OF[each].includes(entry.kind));
  return entry.seq > (prunedClass === undefined ? -1 : (prunedThrough.get(prunedClass) ?? -1));
}

/** Those of days that are over are kept for good; the newest may be replaced while we write, so it is the snapshot's. */
export async function* readCheckpoints(
  { db }: Reading,
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
