import type { EntryKind } from '#ledger';
import type { FaultReason } from './faults.ts';
import type { KioskState } from './kiosk-state.ts';
import type { Moment } from './moment.ts';
import type { ReadRecord } from './read-ledger-lines.ts';

/** One entry as the checks see it, told apart by its kind. */
type Item = ReadRecord & { readonly at: Moment };

export type ItemOf<Kind extends EntryKind> = Extract<Item, { readonly kind: Kind }>;

/** One thing that is checked of each entry: it says what is wrong, or notes what later entries are measured by. */
export type Check = (kiosk: KioskState, item: Item) => FaultReason | null;
