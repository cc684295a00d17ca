import { setImmediate } from 'node:timers/promises';
import type { LedgerRecord } from '#ledger';
import type { KioskId } from '#values';
import type { ServerContext } from '../context.ts';

/** Receipts are about 9 KB each: a page stays under 5 MB. */
const RECORDS_A_PAGE = 500;

/** Where ledgers are read, and what ends that between two pages. */
export interface Reading extends Pick<ServerContext, 'db'> {
  readonly signal?: AbortSignal;
}

/** A kiosk's ledger as the server holds it, in order up to an entry, page by page. Others are served between two pages. */
export async function* readPages(
  { db, signal }: Reading,
  kioskId: KioskId,
  lastSeq: number | null,
): AsyncGenerator<readonly LedgerRecord[]> {
  let after = -1;
  while (lastSeq !== null && after < lastSeq) {
    const rows = await db
      .selectFrom('entry')
      .select(['seq', 'record_json'])
      .where('kiosk_id', '=', kioskId)
      .where('seq', '>', after)
      .where('seq', '<=', lastSeq)
      .orderBy('seq')
      .limit(RECORDS_A_PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ record_json }) => JSON.parse(record_json) as LedgerRecord);
    after = last.seq;
    await setImmediate();
    signal?.throwIfAborted();
  }
}

export async function* readRecords(
  context: Reading,
  kioskId: KioskId,
  lastSeq: number | null,
): AsyncGenerator<LedgerRecord> {
  for await (const page of readPages(context, kioskId, lastSeq)) yield* page;
}
