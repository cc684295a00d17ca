import { setImmediate } from 'node:timers/promises';
import { inPieces } from '#inspection';
import { type RetentionRecord, retentionRecordSchema } from '#protocol';
import { type ControllerId, canonicalJson, type Json, type Sha256, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import type { Database } from '../database/open.ts';

/** An entry is half a kilobyte. */
const ENTRIES_A_PAGE = 500;

/** An entry of a controller's own chain as it is kept; null where the text is no such record any more. */
export interface OwnEntry {
  readonly seq: number;
  readonly hash: Sha256;
  readonly text: string;
  readonly record: RetentionRecord | null;
}

/** A controller's own chain in order, up to an entry, page by page. Others are served between two pages. */
export async function* ownEntries(
  db: Database,
  controllerId: ControllerId,
  lastSeq: number | null,
): AsyncGenerator<readonly OwnEntry[]> {
  let after = -1;
  while (lastSeq !== null && after < lastSeq) {
    const rows = await db
      .selectFrom('retention_entry')
      .select(['seq', 'hash', 'record_json'])
      .where('controller_id', '=', controllerId)
      .where('seq', '>', after)
      .where('seq', '<=', lastSeq)
      .orderBy('seq')
      .limit(ENTRIES_A_PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ seq, hash, record_json }) => ({
      seq,
      hash,
      text: record_json,
      record: readOwnRecord(record_json),
    }));
    after = last.seq;
    await setImmediate();
  }
}

export function readOwnRecord(text: string): RetentionRecord | null {
  const parsed = retentionRecordSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

/** A controller's own chain as one file that anybody can check, as it was when it was asked for. */
export async function exportOwnLedger(
  { db, now }: Pick<ServerContext, 'db' | 'now'>,
  controllerId: ControllerId,
): Promise<{ readonly fileName: string; readonly pieces: AsyncGenerator<string> }> {
  const { last } = await db
    .selectFrom('retention_entry')
    .select((select) => select.fn.max('seq').as('last'))
    .where('controller_id', '=', controllerId)
    .executeTakeFirstOrThrow();
  const [date] = toIso(now()).split('T', 1);
  return {
    fileName: `askfirst-retention-${controllerId}-${date}.jsonl`,
    pieces: inPieces(lines(db, controllerId, last === null ? null : Number(last))),
  };
}

/** What was changed is in the file as it is, so that whoever checks it sees that: no text can end its line. */
async function* lines(
  db: Database,
  controllerId: ControllerId,
  lastSeq: number | null,
): AsyncGenerator<string> {
  for await (const page of ownEntries(db, controllerId, lastSeq)) {
    for (const { text } of page) yield `${canonicalJson(parseJson(text) ?? text)}\n`;
  }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
