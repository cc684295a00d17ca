import { LOOK_ENDINGS, type LookEnding } from '#ledger';
import type { ControllerId, IsoTime, KioskId, Sha256, ShopId } from '#values';

/** What is pruned by one time limit: links to the counts, long before receipts and looks. */
export type PrunedClass = 'link' | 'receipt';

/** What the entries of a ledger add up to. */
export interface Figures {
  entries: number;
  receipts: number;
  readonly receiptsByPurpose: { count: number; demographics: number };
  readonly receiptsByGiver: { visitor: number; guardian: number };
  /** Looks that were closed, by why they ended. */
  readonly looks: Record<LookEnding, number>;
  /** Looks whose ending has been pruned. */
  looksPruned: number;
  /** Milliseconds that the camera was open, those of interrupted looks not among them: nobody knows them. */
  cameraMs: number;
  /** Interrupted looks that were opened when their yes had run out: whether the camera stayed shut, nobody knows. */
  lateInterrupted: number;
  /** Looks with more time between their two entries than any look takes, and how much that is together. */
  longLooks: number;
  longLooksMs: number;
  contributions: number;
  withdrawn: number;
  /** Contributions that were not taken back: the number that screens show. */
  countedNow: number;
  releases: number;
  releasedPeople: number;
  readonly tallies: { closed: number; declined: number; left: number };
  clockChanges: number;
  /** Entries whose bodies were taken out when their time was over. */
  readonly pruned: Record<PrunedClass, number>;
  /** Entries with their bodies that refer to such an entry, so that what they say of it cannot be checked any more. */
  notCheckable: number;
}

/** What a ledger does not prove, although nothing in it is wrong. */
export const GAPS = [
  'no-entries',
  /** The ledger ends while the camera is open: it was exported just then, or what came after is missing. */
  'look-open-at-end',
  /** A look that was opened too late was interrupted: the tablet cannot tell whether the camera stayed shut, as it must have. */
  'look-late-and-interrupted',
  /** Looks of which only the kiosk's word says that the camera was off for most of the time until they were closed. */
  'long-looks',
  /** No signed checkpoint: a cut at the end would not show. */
  'no-checkpoint',
  /** Entries after the newest checkpoint: a cut among them would not show. */
  'entries-after-checkpoint',
] as const;
export type Gap = (typeof GAPS)[number];

/** Of things of which a file may hold thousands, as many as a person reads through, and how many more there are. */
export interface Listed<Item> {
  readonly first: readonly Item[];
  readonly more: number;
}

const MOST_LISTED = 20;

export function listed<From, Item>(items: readonly From[], inShort: (item: From) => Item): Listed<Item> {
  const first = items.slice(0, MOST_LISTED).map(inShort);
  return { first, more: items.length - first.length };
}

export interface KioskReport {
  readonly kioskId: KioskId;
  readonly shopId: ShopId;
  readonly controllerId: ControllerId;
  /** RFC 7638: the same text stands in the link of every receipt of this kiosk. */
  readonly keyThumbprint: string;
  readonly figures: Figures;
  readonly firstTime: IsoTime | null;
  readonly lastTime: IsoTime | null;
  /** When the newest entry was written whose body is gone, of each class. */
  readonly prunedUntil: Readonly<Record<PrunedClass, IsoTime | null>>;
  /** Those that came into force or that receipts name; of a long version, the part that is shown. */
  readonly notices: Listed<{ readonly hash: Sha256; readonly version: string; readonly language: string }>;
  readonly newestCheckpoint: { readonly seq: number; readonly time: IsoTime } | null;
  readonly entriesAfterCheckpoint: number;
  readonly gaps: readonly Gap[];
}

/** What an export that is in order says. */
export interface ExportReport {
  readonly made: IsoTime;
  readonly lines: number;
  readonly bytes: number;
  /** Of a long name, the part that is shown. */
  readonly controllers: Listed<{ readonly id: ControllerId; readonly name: string }>;
  readonly shops: Listed<{ readonly id: ShopId; readonly name: string }>;
  readonly kiosks: readonly KioskReport[];
  readonly total: Figures;
}

export function noFigures(): Figures {
  return {
    entries: 0,
    receipts: 0,
    receiptsByPurpose: { count: 0, demographics: 0 },
    receiptsByGiver: { visitor: 0, guardian: 0 },
    looks: Object.fromEntries(LOOK_ENDINGS.map((ending) => [ending, 0])) as Record<LookEnding, number>,
    looksPruned: 0,
    cameraMs: 0,
    lateInterrupted: 0,
    longLooks: 0,
    longLooksMs: 0,
    contributions: 0,
    withdrawn: 0,
    countedNow: 0,
    releases: 0,
    releasedPeople: 0,
    tallies: { closed: 0, declined: 0, left: 0 },
    clockChanges: 0,
    pruned: { link: 0, receipt: 0 },
    notCheckable: 0,
  };
}

/** Adds the second to the first, figure by figure. */
export function addFigures(total: Figures, more: Figures): void {
  addNumbers(total as unknown as Numbers, more as unknown as Numbers);
}

interface Numbers {
  [figure: string]: number | Numbers;
}

function addNumbers(total: Numbers, more: Numbers): void {
  for (const [figure, value] of Object.entries(more)) {
    const sum = total[figure];
    if (typeof value === 'number' && typeof sum === 'number') total[figure] = sum + value;
    else if (typeof value === 'object' && typeof sum === 'object') addNumbers(sum, value);
  }
}
