import { K_MIN, localHour } from '#counting';
import { LONGEST_LOOK_MS } from '#inspection';
import type { EntryBodies, EntryKind, LedgerRecord, LookEnding } from '#ledger';
import { LOOK_ENDINGS } from '#ledger';
import { type ReceiptReading, readReceiptDocument } from '#protocol';
import {
  type Instant,
  type IsoTime,
  instantFromIso,
  type KioskId,
  type LookId,
  type ReceiptId,
  type Sha256,
} from '#values';
import { isWithin, type Span } from './period.ts';

interface NoticeUse {
  receipts: number;
  firstUsed: IsoTime;
  lastUsed: IsoTime;
}

/** What the ledgers of a shop add up to. Looks and receipts are of the period, releases of all time. */
export interface LedgerFigures {
  readonly looks: {
    opened: number;
    covered: number;
    cameraMs: number;
    coveredMs: number;
    readonly byEnding: Record<LookEnding, number>;
    stillOpen: number;
    pruned: number;
  };
  readonly receipts: {
    issued: number;
    pruned: number;
    readonly byPurpose: { count: number; demographics: number };
    readonly byGiver: { visitor: number; guardian: number };
    readonly byLanguage: Map<string, number>;
    demographicsOfChild: number;
    noticeUnknown: number;
  };
  /** Looks in which the camera was open for longer than a yes allows. */
  looksTooLong: number;
  contributions: number;
  /** Of all time, to be held against what staff are shown. */
  readonly shown: {
    /** Contributions by hour of the shop's clock, those taken back among them. */
    readonly countedIn: Map<string, number>;
    withdrawals: number;
    /** Receipts that were deleted when their time was over; nobody knows any more which of them were taken back. */
    receiptsPruned: number;
    /** By kiosk and hour. */
    readonly tallies: Map<string, { readonly declined: number; readonly left: number }>;
    readonly cells: Map<string, number>;
  };
  readonly notices: Map<Sha256, NoticeUse>;
  readonly releases: { made: number; people: number; smallest: number | null; tooSmall: number };
  /** When a receipt's withdrawal was written in its kiosk's own ledger, by kiosk: two may have one id. */
  readonly withdrawnInLedger: Map<KioskId, Map<ReceiptId, Instant>>;
}

export function noLedgerFigures(): LedgerFigures {
  return {
    looks: {
      opened: 0,
      covered: 0,
      cameraMs: 0,
      coveredMs: 0,
      byEnding: Object.fromEntries(LOOK_ENDINGS.map((ending) => [ending, 0])) as Record<LookEnding, number>,
      stillOpen: 0,
      pruned: 0,
    },
    receipts: {
      issued: 0,
      pruned: 0,
      byPurpose: { count: 0, demographics: 0 },
      byGiver: { visitor: 0, guardian: 0 },
      byLanguage: new Map(),
      demographicsOfChild: 0,
      noticeUnknown: 0,
    },
    looksTooLong: 0,
    contributions: 0,
    shown: { countedIn: new Map(), withdrawals: 0, receiptsPruned: 0, tallies: new Map(), cells: new Map() },
    notices: new Map(),
    releases: { made: 0, people: 0, smallest: null, tooSmall: 0 },
    withdrawnInLedger: new Map(),
  };
}

interface OpenLook {
  readonly isCovered: boolean;
  /** Whether it is added up: it is of the period, and its receipts are known. */
  readonly isAdded: boolean;
  readonly isWithin: boolean;
}

interface When {
  readonly time: IsoTime;
  readonly instant: Instant;
  readonly isWithin: boolean;
}

type Take<Kind extends EntryKind> = (body: EntryBodies[Kind], at: When) => void;

/** Whose ledger is read, and by what its entries are measured. */
export interface ReadingOf {
  readonly kioskId: KioskId;
  readonly span: Span;
  readonly timeZone: string;
  readonly published: ReadonlySet<Sha256>;
}

export function tallyKey(kioskId: KioskId, hour: string): string {
  return `${kioskId} ${hour}`;
}

/** Adds one kiosk's ledger to the figures of its shop, entry by entry from its first. */
export class LedgerReader {
  /** Every look that the ledger names. */
  readonly lookIds = new Set<LookId>();
  /** Looks of all time whose names were taken out. */
  looksPruned = 0;
  /** The longest time of the period in which nothing was written. */
  longestPause: Span | null = null;
  readonly #figures: LedgerFigures;
  readonly #of: ReadingOf;
  readonly #receipts = new Map<ReceiptId, 'whole' | 'pruned'>();
  /** Receipts whose ids were taken out, and that no entry has named yet. */
  #receiptsUnnamed = 0;
  readonly #withdrawn = new Map<ReceiptId, Instant>();
  readonly #open = new Map<LookId, OpenLook>();
  #writtenAt: Instant | null = null;

  constructor(figures: LedgerFigures, of: ReadingOf) {
    figures.withdrawnInLedger.set(of.kioskId, this.#withdrawn);
    this.#figures = figures;
    this.#of = of;
  }

  take({ entry, body }: LedgerRecord): void {
    const { kind, time } = entry;
    const instant = instantFromIso(time) ?? (0 as Instant);
    const at = { time, instant, isWithin: isWithin(this.#of.span, instant) };
    this.#notePause(instant);
    this.#takeWhatStays(kind, at);
    if (body === null) this.#takePruned(kind, at.isWithin);
    else (this.#kinds[kind] as Take<EntryKind> | undefined)?.(body, at);
  }

  /** What is left open at the end of the ledger, which was read at a time. */
  end(now: Instant): void {
    this.#notePause(now);
    for (const look of this.#open.values()) if (look.isAdded) this.#figures.looks.stillOpen += 1;
  }

  #notePause(until: Instant): void {
    const { start, end } = this.#of.span;
    const from = this.#writtenAt;
    this.#writtenAt = until;
    if (from === null) return;
    const pause = { start: later(from, start), end: until < end ? until : end };
    const longest = this.longestPause;
    if (pause.end - pause.start > (longest === null ? 0 : longest.end - longest.start))
      this.longestPause = pause;
  }

  /** What an entry tells by its kind and its time alone, and so also without its body. */
  #takeWhatStays(kind: EntryKind, { instant, isWithin }: When): void {
    const { shown } = this.#figures;
    if (kind === 'contribution-withdrawn') shown.withdrawals += 1;
    if (kind !== 'contribution-recorded') return;
    const hour = localHour(instant, this.#of.timeZone);
    shown.countedIn.set(hour, (shown.countedIn.get(hour) ?? 0) + 1);
    if (isWithin) this.#figures.contributions += 1;
  }

  #takePruned(kind: EntryKind, isInPeriod: boolean): void {
    if (kind === 'receipt-issued') {
      this.#receiptsUnnamed += 1;
      this.#figures.shown.receiptsPruned += 1;
    }
    if (kind === 'look-opened') this.looksPruned += 1;
    if (!isInPeriod) return;
    if (kind === 'receipt-issued') this.#figures.receipts.pruned += 1;
    if (kind === 'look-opened') this.#figures.looks.pruned += 1;
  }

  /** Whether an entry may name this receipt: it stands before, or can be one of those that were pruned. */
  #knows(id: ReceiptId): 'whole' | 'pruned' | 'no' {
    const known = this.#receipts.get(id);
    if (known !== undefined) return known;
    if (this.#receiptsUnnamed === 0) return 'no';
    this.#receiptsUnnamed -= 1;
    this.#receipts.set(id, 'pruned');
    return 'pruned';
  }

  readonly #kinds: { readonly [Kind in EntryKind]?: Take<Kind> } = {
    'receipt-issued': ({ receiptId, receipt }, at) => {
      this.#receipts.set(receiptId, 'whole');
      const reading = at.isWithin ? readReceipt(receipt) : null;
      if (reading !== null) this.#takeReceipt(reading, at.time);
    },
    'look-opened': ({ lookId, receiptIds }, { isWithin }) => {
      this.lookIds.add(lookId);
      const known = new Set(receiptIds.map((id) => this.#knows(id)));
      const isCovered = receiptIds.length > 0 && !known.has('no');
      // Retention took the receipts out and has not come to the look yet.
      const isPruned = isCovered && known.has('pruned');
      this.#open.set(lookId, { isCovered, isAdded: isWithin && !isPruned, isWithin });
      if (!isWithin) return;
      const { looks } = this.#figures;
      if (isPruned) looks.pruned += 1;
      else looks.opened += 1;
      if (isCovered && !isPruned) looks.covered += 1;
    },
    'look-closed': ({ lookId, ending, openMs }) => {
      const look = this.#open.get(lookId);
      this.#open.delete(lookId);
      if (look?.isWithin !== true) return;
      const { looks } = this.#figures;
      if (openMs !== null && openMs > LONGEST_LOOK_MS) this.#figures.looksTooLong += 1;
      if (!look.isAdded) return;
      looks.byEnding[ending] += 1;
      looks.cameraMs += openMs ?? 0;
      if (look.isCovered) looks.coveredMs += openMs ?? 0;
    },
    'contribution-withdrawn': ({ receiptId }, { instant }) => {
      this.#withdrawn.set(receiptId, instant);
    },
    release: ({ people, change }) => {
      const { releases, shown } = this.#figures;
      releases.made += 1;
      releases.people += people;
      releases.smallest = Math.min(releases.smallest ?? people, people);
      if (people < K_MIN) releases.tooSmall += 1;
      for (const [cell, more] of Object.entries(change))
        shown.cells.set(cell, (shown.cells.get(cell) ?? 0) + more);
    },
    'tally-closed': ({ hour, declined, left }) => {
      this.#figures.shown.tallies.set(tallyKey(this.#of.kioskId, hour), { declined, left });
    },
  };

  #takeReceipt({ purposes, givenBy, language, notice }: ReceiptReading, time: IsoTime): void {
    const { receipts, notices } = this.#figures;
    receipts.issued += 1;
    for (const purpose of purposes) receipts.byPurpose[purpose] += 1;
    receipts.byGiver[givenBy] += 1;
    receipts.byLanguage.set(language, (receipts.byLanguage.get(language) ?? 0) + 1);
    if (givenBy === 'guardian' && purposes.includes('demographics')) receipts.demographicsOfChild += 1;
    if (!this.#of.published.has(notice.hash)) receipts.noticeUnknown += 1;
    const use = notices.get(notice.hash) ?? { receipts: 0, firstUsed: time, lastUsed: time };
    use.receipts += 1;
    if (time < use.firstUsed) use.firstUsed = time;
    if (time > use.lastUsed) use.lastUsed = time;
    notices.set(notice.hash, use);
  }
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}

/** Its signature was checked when it came, and that it is the same still is what the chain shows. */
function readReceipt(jws: string): ReceiptReading | null {
  try {
    const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');
    return readReceiptDocument(JSON.parse(payload));
  } catch {
    return null;
  }
}
