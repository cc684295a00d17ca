import type { Shop } from '#consent';
import type { Head } from '#ledger';
import type { ControllerId, Instant, IsoTime, LookId, ReceiptId, Sha256 } from '#values';
import type { KioskLine } from './export-format.ts';
import { HashList } from './hash-list.ts';
import type { ClockState, Moment } from './moment.ts';
import { ReceiptBook } from './receipt-book.ts';
import { type Figures, noFigures, type PrunedClass } from './report.ts';
import { WaitingAnswers } from './waiting-answers.ts';

/** What is kept of a notice: its words were checked against its hash and are not needed again. */
export interface NoticeFacts {
  readonly id: string;
  readonly version: string;
  readonly language: string;
}

export type ShopFacts = Shop & { readonly controllerId: ControllerId };

export interface OpenLook {
  /** Null where the body has been pruned. */
  readonly named: { readonly lookId: LookId; readonly receiptIds: readonly ReceiptId[] } | null;
  readonly openedAt: Moment;
  readonly isSecond: boolean;
  /** Opened when the yes no longer allowed it: then the camera must have stayed shut, where that is known. */
  readonly isTooLate: boolean;
}

export interface ClosedLook {
  /** Null where the body has been pruned. */
  readonly named: {
    readonly lookId: LookId;
    readonly receiptIds: readonly ReceiptId[];
    readonly ending: string;
  } | null;
  readonly isSecond: boolean;
  /** How many people it has counted so far. */
  contributions: number;
  /** What contributions called it, where its own body is pruned. */
  countedAs: LookId | null;
}

/** All that is kept of one kiosk while its lines go by. It is dropped when the next kiosk begins. */
export interface KioskState {
  readonly line: KioskLine;
  readonly keyThumbprint: string;
  readonly shop: ShopFacts;
  readonly notices: ReadonlyMap<Sha256, NoticeFacts>;
  readonly figures: Figures;
  readonly hashes: HashList;
  readonly receipts: ReceiptBook;
  readonly lookIds: Set<LookId>;
  /** Hours whose tally is closed: 24 bits a day. */
  readonly closedHours: Map<string, number>;
  readonly usedNotices: Set<Sha256>;
  /** Classes of which a body has been seen: from then on none of them may be missing. */
  readonly keptClasses: Set<PrunedClass>;
  head: Head | null;
  firstTime: Instant | null;
  lastTime: Instant | null;
  clock: ClockState;
  openLook: OpenLook | null;
  lastLook: ClosedLook | null;
  /** When the newest entry was written that is pruned, of each class. */
  readonly prunedUntil: Record<PrunedClass, Instant | null>;
  /** Of people who gave `demographics` and were counted, among them those of whom that cannot be checked any more. */
  readonly answers: WaitingAnswers;
  newestCheckpoint: (Head & { readonly time: IsoTime }) | null;
}

export function beginKiosk(
  line: KioskLine,
  keyThumbprint: string,
  shop: ShopFacts,
  notices: ReadonlyMap<Sha256, NoticeFacts>,
): KioskState {
  return {
    line,
    keyThumbprint,
    shop,
    notices,
    figures: noFigures(),
    hashes: new HashList(),
    receipts: new ReceiptBook(),
    lookIds: new Set(),
    closedHours: new Map(),
    usedNotices: new Set(),
    keptClasses: new Set(),
    head: null,
    firstTime: null,
    lastTime: null,
    clock: { settings: 0, offsetMs: null, uncertaintyMs: 0 },
    openLook: null,
    lastLook: null,
    prunedUntil: { link: null, receipt: null },
    answers: new WaitingAnswers(),
    newestCheckpoint: null,
  };
}
