import type { EntryBodies, EntryKind, LedgerRecord } from '#ledger';
import type { Sha256 } from '#values';
import type { FaultReason } from './faults.ts';
import type { KioskState } from './kiosk-state.ts';
import type { Moment } from './moment.ts';
import type { ReceiptOutcome } from './read-receipt.ts';

/** One entry as the checks see it, told apart by its kind. */
export type Item = {
  readonly [Kind in EntryKind]: {
    readonly kind: Kind;
    readonly entry: LedgerRecord['entry'];
    /** Null once pruned. */
    readonly body: EntryBodies[Kind] | null;
    readonly at: Moment;
    readonly entryHash: Sha256;
    /** Null where the body has been pruned. */
    readonly bodyHash: Sha256 | null;
    /** Of a `receipt-issued` with its body: what it says, if it is one. */
    readonly receipt: ReceiptOutcome | null;
  };
}[EntryKind];

export type ItemOf<Kind extends EntryKind> = Extract<Item, { readonly kind: Kind }>;

/** One thing that is checked of each entry: it says what is wrong, or notes what later entries are measured by. */
export type Check = (kiosk: KioskState, item: Item) => FaultReason | null;
