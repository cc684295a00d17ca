import { K_MIN } from '#counting';
import { LONGEST_LOOK_MS } from '#inspection';
import type { EntryBodies, EntryKind, LedgerRecord, LookEnding } from '#ledger';
import { LOOK_ENDINGS } from '#ledger';
import { type ReceiptReading, readReceiptDocument } from '#protocol';
import {
  type Instant,
  type IsoTime,
  instantFromIso,
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
  readonly notices: Map<Sha256, NoticeUse>;
  readonly releases: { made: number; people: number; smallest: number | null; tooSmall: number };
  /** When a receipt's withdrawal was written in its kiosk's own ledger. */
  readonly withdrawnInLedger: Map<ReceiptId, Instant>;
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
    notices: new Map(),
    releases: { made: 0, people: 0, smallest: null, tooSmall: 0 },
    withdrawnInLedger: new Map(),
  };
}

interface OpenLook {
  readonly isCovered: boolean;
  readonly isWithin: boolean;
}

type Take<Kind extends EntryKind> = (
  body: EntryBodies[Kind],
  at: { time: IsoTime; isWithin: boolean },
) => void;

/** Adds one kiosk's ledger to the figures of its shop, entry by entry from its first. */
export class LedgerReader {
  /** Every look that the ledger names. */
  readonly lookIds = new Set<LookId>();
  /** Looks of all time whose names were taken out. */
  looksPruned = 0;
  readonly #figures: LedgerFigures;
  readonly #span: Span;
  readonly #published: ReadonlySet<Sha256>;
  readonly #receiptIds = new Set<ReceiptId>();
  readonly #open = new Map<LookId, OpenLook>();

  constructor(figures: LedgerFigures, span: Span, published: ReadonlySet<Sha256>) {
    this.#figures = figures;
    this.#span = span;
    this.#published = published;
  }

  take({ entry, body }: LedgerRecord): void {
    const { kind, time } = entry;
    const at = { time, isWithin: isWithin(this.#span, instantFromIso(time) ?? (0 as Instant)) };
    if (body === null) this.#takePruned(kind, at.isWithin);
    else (this.#kinds[kind] as Take<EntryKind> | undefined)?.(body, at);
  }

  /** What is left open at the end of the ledger. */
  end(): void {
    for (const look of this.#open.values()) if (look.isWithin) this.#figures.looks.stillOpen += 1;
  }

  #takePruned(kind: EntryKind, isInPeriod: boolean): void {
    if (kind === 'look-opened') this.looksPruned += 1;
    if (!isInPeriod) return;
    if (kind === 'receipt-issued') this.#figures.receipts.pruned += 1;
    if (kind === 'look-opened') this.#figures.looks.pruned += 1;
  }

  readonly #kinds: { readonly [Kind in EntryKind]?: Take<Kind> } = {
    'receipt-issued': ({ receiptId, receipt }, at) => {
      this.#receiptIds.add(receiptId);
      const reading = at.isWithin ? readReceipt(receipt) : null;
      if (reading !== null) this.#takeReceipt(reading, at.time);
    },
    'look-opened': ({ lookId, receiptIds }, at) => {
      this.lookIds.add(lookId);
      const isCovered = receiptIds.length > 0 && receiptIds.every((id) => this.#receiptIds.has(id));
      this.#open.set(lookId, { isCovered, isWithin: at.isWithin });
      if (!at.isWithin) return;
      this.#figures.looks.opened += 1;
      if (isCovered) this.#figures.looks.covered += 1;
    },
    'look-closed': ({ lookId, ending, openMs }) => {
      const look = this.#open.get(lookId);
      this.#open.delete(lookId);
      if (look?.isWithin !== true) return;
      const { looks } = this.#figures;
      looks.byEnding[ending] += 1;
      looks.cameraMs += openMs ?? 0;
      if (openMs !== null && openMs > LONGEST_LOOK_MS) this.#figures.looksTooLong += 1;
      if (look.isCovered) looks.coveredMs += openMs ?? 0;
    },
    'contribution-recorded': (_, at) => {
      if (at.isWithin) this.#figures.contributions += 1;
    },
    'contribution-withdrawn': ({ receiptId }, { time }) => {
      const written = instantFromIso(time);
      if (written !== null) this.#figures.withdrawnInLedger.set(receiptId, written);
    },
    release: ({ people }) => {
      const { releases } = this.#figures;
      releases.made += 1;
      releases.people += people;
      releases.smallest = Math.min(releases.smallest ?? people, people);
      if (people < K_MIN) releases.tooSmall += 1;
    },
  };

  #takeReceipt({ purposes, givenBy, language, notice }: ReceiptReading, time: IsoTime): void {
    const { receipts, notices } = this.#figures;
    receipts.issued += 1;
    for (const purpose of purposes) receipts.byPurpose[purpose] += 1;
    receipts.byGiver[givenBy] += 1;
    receipts.byLanguage.set(language, (receipts.byLanguage.get(language) ?? 0) + 1);
    if (givenBy === 'guardian' && purposes.includes('demographics')) receipts.demographicsOfChild += 1;
    if (!this.#published.has(notice.hash)) receipts.noticeUnknown += 1;
    const use = notices.get(notice.hash) ?? { receipts: 0, firstUsed: time, lastUsed: time };
    use.receipts += 1;
    if (time < use.firstUsed) use.firstUsed = time;
    if (time > use.lastUsed) use.lastUsed = time;
    notices.set(notice.hash, use);
  }
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
