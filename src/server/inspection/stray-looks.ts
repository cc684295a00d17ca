import type { EntryBodies } from '#ledger';
import type { KioskId, LookId } from '#values';
import type { ServerContext } from '../context.ts';
import type { LedgerReader } from './ledger-figures.ts';

const LOOKS_A_PAGE = 5_000;

/** Looks that the server holds of a kiosk and that its ledger, read up to an entry, does not name. */
export async function countStrayLooks(
  { db }: Pick<ServerContext, 'db'>,
  kioskId: KioskId,
  { lookIds, looksPruned }: LedgerReader,
  readUpTo: number | null,
): Promise<number> {
  const strays = new Set<LookId>();
  let after = '' as LookId;
  for (;;) {
    const rows = await db
      .selectFrom('look')
      .select('id')
      .where('kiosk_id', '=', kioskId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(LOOKS_A_PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) break;
    for (const { id } of rows) if (!lookIds.has(id)) strays.add(id);
    after = last.id;
  }
  if (strays.size === 0) return 0;
  // The kiosk may have sent more meanwhile.
  const since = await db
    .selectFrom('entry')
    .select('record_json')
    .where('kiosk_id', '=', kioskId)
    .where('kind', '=', 'look-opened')
    .where('seq', '>', readUpTo ?? -1)
    .execute();
  for (const { record_json } of since) {
    const { body } = JSON.parse(record_json) as { readonly body: EntryBodies['look-opened'] | null };
    if (body !== null) strays.delete(body.lookId);
  }
  // Looks whose entries were pruned have no name there any more.
  return Math.max(0, strays.size - looksPruned);
}
