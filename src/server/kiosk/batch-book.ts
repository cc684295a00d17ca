import type { Transaction } from 'kysely';
import type { EntryBodies, LookEnding } from '#ledger';
import type { Instant, LookId, ReceiptId, Sha256 } from '#values';
import type { Tables } from '../database/schema.ts';
import type { KioskRow } from './authenticate.ts';
import { Refused } from './refused.ts';

/** A receipt that came with this batch, and what later entries of the batch did to it. */
export interface NewReceipt {
  readonly seq: number;
  readonly secretHash: Sha256;
  readonly issuedAt: Instant;
  readonly givesDemographics: boolean;
  hour: string | null;
  withdrawn_at: Instant | null;
  withdrawn_place: EntryBodies['contribution-withdrawn']['place'] | null;
  withdrawn_in_ledger: number;
}

/** A look that was opened in this batch. */
export interface NewLook {
  readonly seq: number;
  readonly receiptIds: readonly ReceiptId[];
  ending: LookEnding | null;
}

/**
 * The receipts and looks of one batch, kept here while its entries are applied in their order, and written all at once in the end: most
 * of what a batch begins it also ends.
 */
export class BatchBook {
  readonly receipts = new Map<ReceiptId, NewReceipt>();
  readonly looks = new Map<LookId, NewLook>();

  /** Throws `Refused` where the server has one of them already. */
  async write(db: Transaction<Tables>, kiosk: KioskRow): Promise<void> {
    await this.#writeReceipts(db, kiosk);
    await this.#writeLooks(db, kiosk);
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
    const inserted = await db
      .insertInto('receipt')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
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
    const inserted = await db
      .insertInto('look')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
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
