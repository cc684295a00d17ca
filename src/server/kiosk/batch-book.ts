import type { Transaction } from 'kysely';
import type { EntryBodies, LookEnding } from '#ledger';
import type { Instant, LookId, ReceiptId, Sha256 } from '#values';
import { insertRows } from '../database/insert-rows.ts';
import type { Tables } from '../database/schema.ts';
import type { KioskRow } from './authenticate.ts';
import { Refused } from './refused.ts';

/** A receipt that came with this batch, and what later entries of the batch did to it. */
export interface NewReceipt {
  readonly seq: number;
  readonly secretHash: Sha256;
  readonly issuedAt: Instant;
  readonly givesDemographics: boolean;
  readonly told_link_days: number | null;
  readonly told_receipt_years: number | null;
  hour: string | null;
  withdrawn_at: Instant | null;
  withdrawn_place: EntryBodies['contribution-withdrawn']['place'] | null;
  took_effect_at: Instant | null;
  withdrawn_in_ledger: number;
}

/** A look that was opened in this batch. */
export interface NewLook {
  readonly seq: number;
  readonly receiptIds: readonly ReceiptId[];
  ending: LookEnding | null;
}

/**
 * What one batch changes, kept here while its entries are applied in their order, and written all at once in the end: most of what a batch
 * begins it also ends.
 */
export class BatchBook {
  readonly receipts = new Map<ReceiptId, NewReceipt>();
  readonly looks = new Map<LookId, NewLook>();
  /** Receipts that this batch counts. */
  readonly counted = new Set<ReceiptId>();
  /** Tallies that were closed, by hour. */
  readonly tallies = new Map<string, { readonly declined: number; readonly left: number }>();
  /** People who gave `demographics` and were counted, since `writeDemographics` was last called. */
  demographicsCounted = 0;

  /** Throws `Refused` where the server has one of them already, of this kiosk. */
  async write(db: Transaction<Tables>, kiosk: KioskRow): Promise<void> {
    await this.#writeReceipts(db, kiosk);
    await this.#writeLooks(db, kiosk);
    await this.#writeTallies(db, kiosk);
    await this.writeDemographics(db, kiosk);
  }

  /** Of so many more people a release of this kiosk may speak: it is measured by what was written before. */
  async writeDemographics(db: Transaction<Tables>, { id }: KioskRow): Promise<void> {
    const more = this.demographicsCounted;
    if (more === 0) return;
    await db
      .updateTable('kiosk')
      .set((set) => ({ demographics_counted: set('demographics_counted', '+', more) }))
      .where('id', '=', id)
      .execute();
    this.demographicsCounted = 0;
  }

  async #writeTallies(db: Transaction<Tables>, { id }: KioskRow): Promise<void> {
    if (this.tallies.size === 0) return;
    const rows = Array.from(this.tallies, ([hour, { declined, left }]) => ({
      kiosk_id: id,
      hour,
      declined,
      left_unanswered: left,
      closed: 1,
    }));
    await db
      .insertInto('tally')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['kiosk_id', 'hour']).doUpdateSet(({ ref }) => ({
          declined: ref('excluded.declined'),
          left_unanswered: ref('excluded.left_unanswered'),
          closed: 1,
        })),
      )
      .execute();
  }

  async #writeReceipts(db: Transaction<Tables>, { id, shop_id }: KioskRow): Promise<void> {
    if (this.receipts.size === 0) return;
    const rows = Array.from(
      this.receipts,
      ([receiptId, { secretHash, issuedAt, givesDemographics, ...receipt }]) => ({
        id: receiptId,
        kiosk_id: id,
        shop_id,
        secret_hash: secretHash,
        issued_at: issuedAt,
        gives_demographics: givesDemographics ? 1 : 0,
        ...receipt,
      }),
    );
    const inserted = await insertRows(db, 'receipt', rows, (some) =>
      db
        .insertInto('receipt')
        .values([...some])
        .onConflict((conflict) => conflict.doNothing())
        .returning('id'),
    );
    refuseMissing(this.receipts, new Set(inserted.map((row) => row.id)), 'receipt-mismatch');
  }

  async #writeLooks(db: Transaction<Tables>, kiosk: KioskRow): Promise<void> {
    if (this.looks.size === 0) return;
    const rows = Array.from(this.looks, ([lookId, { receiptIds, ending }]) => ({
      id: lookId,
      kiosk_id: kiosk.id,
      receipt_ids_json: JSON.stringify(receiptIds),
      ending,
    }));
    const inserted = await insertRows(db, 'look', rows, (some) =>
      db
        .insertInto('look')
        .values([...some])
        .onConflict((conflict) => conflict.doNothing())
        .returning('id'),
    );
    refuseMissing(this.looks, new Set(inserted.map((row) => row.id)), 'look-unknown');
  }
}

function refuseMissing<Id>(
  wanted: ReadonlyMap<Id, { readonly seq: number }>,
  inserted: ReadonlySet<Id>,
  reason: 'receipt-mismatch' | 'look-unknown',
): void {
  for (const [id, { seq }] of wanted) if (!inserted.has(id)) throw new Refused(reason, seq);
}
