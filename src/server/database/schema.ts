import type { Generated } from 'kysely';
import type { LookEnding, WithdrawalPlace } from '#ledger';
import type { StaffRole } from '#protocol';
import type { ControllerId, Instant, KioskId, LookId, PersonId, ReceiptId, Sha256, ShopId } from '#values';

/** Entries whose bodies go together: of the link from receipt to count, and of the receipt itself. */
export type PrunedClass = 'link' | 'receipt';

/** The tables. Times are milliseconds since 1970; columns named `*_json` hold documents that are never searched in. */
export interface Tables {
  controller: { id: ControllerId; controller_json: string };
  shop: { id: ShopId; controller_id: ControllerId; shop_json: string; settings_json: string };
  /** Every text ever published; the highest version of a shop and language is in force. */
  notice: {
    hash: Sha256;
    shop_id: ShopId;
    controller_id: ControllerId;
    language: string;
    version: number;
    notice_json: string;
    published_at: Instant;
    /** 1 once an entry or a receipt names it, and where it was published before that was noted. */
    is_named: Generated<number>;
  };
  kiosk: {
    id: KioskId;
    kid: string;
    public_key_json: string;
    shop_id: ShopId;
    name: string;
    paired_at: Instant;
    revoked_at: Instant | null;
    forked_at: Instant | null;
    head_seq: number | null;
    head_hash: Sha256 | null;
    last_seen: Instant | null;
    health_json: string | null;
    /** People who gave `demographics` and were counted, ever; a release speaks of no more than these less those released. */
    demographics_counted: Generated<number>;
    demographics_released: Generated<number>;
  };
  entry: {
    kiosk_id: KioskId;
    seq: number;
    hash: Sha256;
    kind: string;
    /** Entry and body; the body is null once it is pruned. */
    record_json: string;
    /** The entry's own time, as far as its kiosk's clock can be believed, and never later than it arrived: `kiosk/entry-times.ts`. */
    written_at: Instant;
    received_at: Instant;
  };
  /** Up to which entry of a kiosk the bodies of a class are pruned. */
  pruned: { kiosk_id: KioskId; class: PrunedClass; through_seq: number };
  /** Heads that kiosks signed: the newest of each, and the last of each day. */
  checkpoint: { kiosk_id: KioskId; seq: number; checkpoint: string; received_at: Instant };
  look: { id: LookId; kiosk_id: KioskId; receipt_ids_json: string; ending: LookEnding | null };
  /** Known by id and kiosk: nothing keeps another kiosk from an id that it read somewhere. */
  receipt: {
    id: ReceiptId;
    kiosk_id: KioskId;
    shop_id: ShopId;
    /** The entry of this kiosk that holds the signed receipt: it is kept once. */
    seq: number;
    secret_hash: Sha256;
    gives_demographics: Generated<number>;
    /**
     * For how long the receipt says that things are kept; null where it says so in no way that we know, or was taken in before that was noted.
     */
    told_link_days: number | null;
    told_receipt_years: number | null;
    issued_at: Generated<Instant>;
    /** Hour of the shop's clock in which it counted; null while it has counted nothing, and once its link is cut. */
    hour: string | null;
    withdrawn_at: Instant | null;
    withdrawn_place: WithdrawalPlace | null;
    /**
     * From when on no number of this server held the person; never before `withdrawn_at`. Null where it came too late for that, and where it was
     * made on a kiosk before this was noted.
     */
    took_effect_at: Instant | null;
    /** 1 once the kiosk's own ledger shows the withdrawal. */
    withdrawn_in_ledger: number;
    /** When the link to its count was cut. */
    cut_at: Instant | null;
    /** 1 where its count went into `anonymous_hour` for good, 0 where it was withdrawn before. */
    counted_when_cut: Generated<number>;
  };
  /** Counts whose receipts nobody can name any more. */
  anonymous_hour: { shop_id: ShopId; hour: string; counted: number };
  /** How far retention is with a controller. What is not logged yet is in the sums as well. */
  retention: {
    controller_id: ControllerId;
    last_run_at: Instant | null;
    links_cut: number;
    receipts_deleted: number;
    bodies_pruned: number;
    waiting_deleted: Generated<number>;
    refusals_deleted: Generated<number>;
    unlogged_links: number;
    unlogged_receipts: number;
    unlogged_bodies: number;
    unlogged_waiting: Generated<number>;
    unlogged_refusals: Generated<number>;
  };
  /** Times that a controller's settings gave before: receipts that were issued until then never get more. */
  earlier_retention: {
    controller_id: ControllerId;
    link_days: number;
    receipt_years: number;
    until: Instant;
  };
  /** The server's own ledger, a chain for each controller. */
  retention_entry: { controller_id: ControllerId; seq: number; hash: Sha256; record_json: string };
  tally: { kiosk_id: KioskId; hour: string; declined: number; left_unanswered: number; closed: number };
  released_cell: { shop_id: ShopId; cell: string; people: number };
  waiting_withdrawal: { receipt_id: ReceiptId; secret_hash: Sha256; asked_at: Instant };
  refusal: { id: string; kiosk_id: KioskId; refused_at: Instant; reason: string; seq: number | null };
  person: { id: PersonId; name: string; role: StaffRole; controller_id: ControllerId };
  sign_in_link: { token_hash: Sha256; person_id: PersonId; expires_at: Instant };
  session: { token_hash: Sha256; person_id: PersonId; expires_at: Instant };
  pairing_code: { code_hash: Sha256; shop_id: ShopId; expires_at: Instant };
}
