import type { ShopId } from '#values';
import type { Database } from '../database/open.ts';
import { countedByHour } from '../staff/counted-by-hour.ts';
import { type LedgerFigures, tallyKey } from './ledger-figures.ts';

/** Before and after every hour of four-digit years. */
const [FIRST_HOUR, LAST_HOUR] = ['0000', '9999'] as const;
const IDS_AT_A_TIME = 500;

/** The numbers that staff are shown of a shop, of all time: from tables, which whoever writes in the database can change. */
export interface ShownNumbers {
  readonly countedIn: ReadonlyMap<string, number>;
  /** Withdrawals that no kiosk has written down yet. */
  readonly withdrawalsOnTheirWay: number;
  readonly tallies: LedgerFigures['shown']['tallies'];
  readonly cells: LedgerFigures['shown']['cells'];
}

/** What the tables say. In the same moment of the database in which the heads of the ledgers are read. */
export async function readShownNumbers(db: Database, shopId: ShopId): Promise<ShownNumbers> {
  const tallies = await db
    .selectFrom('tally')
    .innerJoin('kiosk', 'kiosk.id', 'tally.kiosk_id')
    .select(['kiosk_id', 'hour', 'declined', 'left_unanswered'])
    .where('kiosk.shop_id', '=', shopId)
    .where('closed', '=', 1)
    .execute();
  const cells = await db
    .selectFrom('released_cell')
    .select(['cell', 'people'])
    .where('shop_id', '=', shopId)
    .execute();
  const { onTheirWay } = await db
    .selectFrom('receipt')
    .select((select) => select.fn.countAll<number>().as('onTheirWay'))
    .where('shop_id', '=', shopId)
    .where('withdrawn_at', 'is not', null)
    .where('withdrawn_in_ledger', '=', 0)
    .executeTakeFirstOrThrow();
  return {
    countedIn: await countedByHour(db, shopId, FIRST_HOUR, LAST_HOUR),
    withdrawalsOnTheirWay: Number(onTheirWay),
    tallies: new Map(
      tallies.map(({ kiosk_id, hour, declined, left_unanswered }) => [
        tallyKey(kiosk_id, hour),
        { declined: Number(declined), left: Number(left_unanswered) },
      ]),
    ),
    cells: new Map(cells.map(({ cell, people }) => [cell, Number(people)])),
  };
}

/**
 * How many of the numbers that staff are shown the ledgers do not bear out: more people in an hour than were counted, fewer in all than are left
 * when all who took their yes back are taken off, other tallies, other releases.
 */
export function countDifferences(shown: ShownNumbers, figures: LedgerFigures): number {
  const { countedIn, withdrawals, receiptsPruned, tallies, cells } = figures.shown;
  const tooMany = [...shown.countedIn].filter(([hour, people]) => people > (countedIn.get(hour) ?? 0));
  // A kiosk that was lost wrote no withdrawal down, and a receipt that is deleted tells of none.
  const least = sumOf(countedIn) - withdrawals - shown.withdrawalsOnTheirWay - receiptsPruned;
  const tallyKeys = new Set([...shown.tallies.keys(), ...tallies.keys()]);
  const otherTallies = [...tallyKeys].filter((key) => {
    const [one, other] = [shown.tallies.get(key), tallies.get(key)];
    return one?.declined !== other?.declined || one?.left !== other?.left;
  });
  const cellKeys = new Set([...shown.cells.keys(), ...cells.keys()]);
  const otherCells = [...cellKeys].filter((cell) => (shown.cells.get(cell) ?? 0) !== (cells.get(cell) ?? 0));
  const isTooFew = sumOf(shown.countedIn) < least;
  return tooMany.length + Number(isTooFew) + otherTallies.length + otherCells.length;
}

/** Receipts that were taken back in their kiosk's ledger and that the table counts all the same. */
export async function countStillCounted(
  db: Database,
  withdrawnInLedger: LedgerFigures['withdrawnInLedger'],
): Promise<number> {
  let found = 0;
  for (const [kioskId, withdrawn] of withdrawnInLedger) {
    const ids = [...withdrawn.keys()];
    for (let from = 0; from < ids.length; from += IDS_AT_A_TIME) {
      const { rows } = await db
        .selectFrom('receipt')
        .select((select) => select.fn.countAll<number>().as('rows'))
        .where('kiosk_id', '=', kioskId)
        .where('id', 'in', ids.slice(from, from + IDS_AT_A_TIME))
        .where('withdrawn_at', 'is', null)
        .executeTakeFirstOrThrow();
      found += Number(rows);
    }
  }
  return found;
}

function sumOf(numbers: ReadonlyMap<string, number>): number {
  return [...numbers.values()].reduce((sum, number) => sum + number, 0);
}
