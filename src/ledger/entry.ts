import type { Purpose } from '#consent';
import type { ControllerId, IsoTime, JsonObject, KioskId, LookId, ReceiptId, Sha256, ShopId } from '#values';

/** What the first entry of a chain names as the entry before it. */
export const GENESIS_HASH = '0'.repeat(64) as Sha256;

/** Why a look ended. `counted` is the only one that may be followed by a contribution. */
export const LOOK_ENDINGS = [
  'counted',
  'nobody',
  'too-many-people',
  'undecided',
  'stopped',
  'walked-away',
  'interrupted',
  'camera-refused',
  'camera-absent',
  'camera-in-use',
  'camera-failed',
  'camera-unplugged',
  'grant-expired',
  'vision-failed',
] as const;
export type LookEnding = (typeof LOOK_ENDINGS)[number];

export const WITHDRAWAL_PLACES = ['kiosk', 'phone', 'staff'] as const;
export type WithdrawalPlace = (typeof WITHDRAWAL_PLACES)[number];

/** The body of each kind of entry, without its salt. */
export interface EntryBodies {
  'kiosk-paired': {
    readonly kioskId: KioskId;
    readonly shopId: ShopId;
    readonly controllerId: ControllerId;
    /** The public half of the device key, as a JWK (RFC 7517). */
    readonly publicKey: JsonObject;
  };
  'notice-in-force': { readonly noticeHash: Sha256; readonly language: string; readonly version: string };
  'receipt-issued': {
    readonly receiptId: ReceiptId;
    readonly purposes: readonly Purpose[];
    /** The signed receipt, a compact JWS (RFC 7515). */
    readonly receipt: string;
    /** SHA-256 of the secret that lets its holder read and withdraw the receipt. */
    readonly secretHash: Sha256;
  };
  'look-opened': { readonly lookId: LookId; readonly receiptIds: readonly ReceiptId[] };
  'look-closed': {
    readonly lookId: LookId;
    readonly receiptIds: readonly ReceiptId[];
    readonly ending: LookEnding;
    /** Milliseconds that the camera was open. Null where the kiosk lost power meanwhile and cannot know. */
    readonly openMs: number | null;
    readonly framesSeen: number;
    readonly framesRefused: number;
  };
  'contribution-recorded': { readonly lookId: LookId; readonly receiptId: ReceiptId; readonly headcount: 1 };
  'contribution-withdrawn': { readonly receiptId: ReceiptId; readonly place: WithdrawalPlace };
  release: {
    /** How many people's answers this release adds or takes out; never under the kiosk's k. */
    readonly people: number;
    /** Net change of each cell, `band/gender` to a whole number; cells that do not change are left out. */
    readonly change: { readonly [cell: string]: number };
  };
  /** Hour of the shop's own clock, `2026-11-24T15`. */
  'tally-closed': { readonly hour: string; readonly declined: number; readonly left: number };
  'clock-changed': { readonly offsetMs: number; readonly uncertaintyMs: number };
  'retention-run': RetentionRun | ServerRetentionRun;
}

/** What a tablet writes of a run of its own. */
export interface RetentionRun {
  /** Links of contributions up to this time are cut. */
  readonly cutoff: IsoTime;
  readonly linksCut: number;
}

/** What a server writes in the controller's chain: never sent by a tablet. */
export interface ServerRetentionRun extends RetentionRun {
  /** Whose chain it is. */
  readonly controllerId: ControllerId;
  /** Receipts up to this time are deleted. */
  readonly receiptCutoff: IsoTime;
  readonly receiptsDeleted: number;
  /** Bodies of entries that are gone, of links and receipts together. */
  readonly bodiesPruned: number;
}

export type EntryKind = keyof EntryBodies;

export const ENTRY_KINDS = [
  'kiosk-paired',
  'notice-in-force',
  'receipt-issued',
  'look-opened',
  'look-closed',
  'contribution-recorded',
  'contribution-withdrawn',
  'release',
  'tally-closed',
  'clock-changed',
  'retention-run',
] as const satisfies readonly EntryKind[];

/** A body with 128 random bits of salt, so that the hash of a pruned body tells nothing about it. */
export type EntryBody<Kind extends EntryKind = EntryKind> = EntryBodies[Kind] & { readonly salt: string };

/** One link of the chain. Its hash is SHA-256 over its canonical JSON (RFC 8785). */
export interface Entry<Kind extends EntryKind = EntryKind> {
  /** 0 for the first entry, then one more each time. */
  readonly seq: number;
  readonly previous: Sha256;
  readonly time: IsoTime;
  readonly kind: Kind;
  readonly bodyHash: Sha256;
}

/** An entry together with its body, which is null once retention has pruned it. */
export type LedgerRecord = {
  [Kind in EntryKind]: { readonly entry: Entry<Kind>; readonly body: EntryBody<Kind> | null };
}[EntryKind];

/** Sequence number and hash of the newest entry. */
export interface Head {
  readonly seq: number;
  readonly hash: Sha256;
}
