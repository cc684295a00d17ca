import { LOOK_ENDINGS, type LookEnding } from '#ledger';
import { type IsoTime, SECOND_MS } from '#values';
import type { ExportReport, Figures, Gap, KioskReport, Listed } from './report.ts';

/** All that a report may say, in the order in which it is read. */
export const FACT_NAMES = [
  'made',
  'lines',
  'bytes',
  'controllers',
  'shops',
  'shop',
  'controller',
  'key',
  'from',
  'to',
  'notices',
  'entries',
  'receipts',
  'purposeCount',
  'demographics',
  'visitor',
  'guardian',
  'looks',
  'endings',
  'looksPruned',
  'seconds',
  'interrupted',
  'lateInterrupted',
  'longLooks',
  'longSeconds',
  'contributions',
  'withdrawn',
  'countedNow',
  'releases',
  'releasedPeople',
  'hours',
  'declined',
  'left',
  'clockChanges',
  'linksPruned',
  'linksPrunedUntil',
  'receiptsPruned',
  'receiptsPrunedUntil',
  'notCheckable',
  'checkpoint',
  'afterCheckpoint',
] as const;
export type FactName = (typeof FACT_NAMES)[number];

/** One thing that a report says. Texts in it that the file brings with it are `names` and the versions of `notices`. */
export type Fact = { readonly name: FactName } & (
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'seconds'; readonly seconds: number }
  | { readonly kind: 'time'; readonly time: IsoTime }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'names'; readonly names: Listed<{ readonly id: string; readonly name: string }> }
  | { readonly kind: 'notices'; readonly notices: KioskReport['notices'] }
  | { readonly kind: 'endings'; readonly endings: readonly LooksEnded[] }
  | { readonly kind: 'checkpoint'; readonly checkpoint: NonNullable<KioskReport['newestCheckpoint']> }
);

interface LooksEnded {
  readonly ending: LookEnding;
  readonly count: number;
}

/** What a report says of the whole file. */
export function fileFacts({ made, lines, bytes, controllers, shops }: ExportReport): readonly Fact[] {
  return [
    { name: 'made', kind: 'time', time: made },
    number('lines', lines),
    number('bytes', bytes),
    { name: 'controllers', kind: 'names', names: controllers },
    { name: 'shops', kind: 'names', names: shops },
  ];
}

/** What it says of one kiosk. Whoever shows a report goes through these, so that no two places tell different things. */
export function kioskFacts(kiosk: KioskReport): readonly Fact[] {
  const { newestCheckpoint: checkpoint } = kiosk;
  return [
    { name: 'shop', kind: 'id', id: kiosk.shopId },
    { name: 'controller', kind: 'id', id: kiosk.controllerId },
    { name: 'key', kind: 'id', id: kiosk.keyThumbprint },
    ...time('from', kiosk.firstTime),
    ...time('to', kiosk.lastTime),
    { name: 'notices', kind: 'notices', notices: kiosk.notices },
    ...figureFacts(kiosk.figures, kiosk.prunedUntil),
    ...(checkpoint === null
      ? []
      : [
          { name: 'checkpoint', kind: 'checkpoint', checkpoint } as const,
          number('afterCheckpoint', kiosk.entriesAfterCheckpoint),
        ]),
  ];
}

const NO_TIMES: KioskReport['prunedUntil'] = { link: null, receipt: null };

/** What a ledger adds up to, or all ledgers of a file together, which were pruned until different times. */
export function figureFacts(figures: Figures, until = NO_TIMES): readonly Fact[] {
  const { receiptsByPurpose, receiptsByGiver, looks, tallies, pruned } = figures;
  const endings = LOOK_ENDINGS.map((ending) => ({ ending, count: looks[ending] })).filter(
    ({ count }) => count > 0,
  );
  return [
    number('entries', figures.entries),
    number('receipts', figures.receipts),
    number('purposeCount', receiptsByPurpose.count),
    number('demographics', receiptsByPurpose.demographics),
    number('visitor', receiptsByGiver.visitor),
    number('guardian', receiptsByGiver.guardian),
    number(
      'looks',
      endings.reduce((sum, { count }) => sum + count, 0),
    ),
    { name: 'endings', kind: 'endings', endings },
    ...some('looksPruned', figures.looksPruned),
    seconds('seconds', figures.cameraMs),
    ...some('interrupted', looks.interrupted),
    ...some('lateInterrupted', figures.lateInterrupted),
    ...some('longLooks', figures.longLooks),
    ...(figures.longLooks === 0 ? [] : [seconds('longSeconds', figures.longLooksMs)]),
    number('contributions', figures.contributions),
    number('withdrawn', figures.withdrawn),
    number('countedNow', figures.countedNow),
    number('releases', figures.releases),
    number('releasedPeople', figures.releasedPeople),
    number('hours', tallies.closed),
    number('declined', tallies.declined),
    number('left', tallies.left),
    ...some('clockChanges', figures.clockChanges),
    ...some('linksPruned', pruned.link),
    ...time('linksPrunedUntil', until.link),
    ...some('receiptsPruned', pruned.receipt),
    ...time('receiptsPrunedUntil', until.receipt),
    ...some('notCheckable', figures.notCheckable),
  ];
}

/** How much it is that a ledger leaves open, where that can be counted. */
export function sizeOfGap(gap: Gap, { figures, entriesAfterCheckpoint }: KioskReport) {
  const counts: { readonly [Counted in Gap]?: number } = {
    'look-late-and-interrupted': figures.lateInterrupted,
    'long-looks': figures.longLooks,
    'entries-after-checkpoint': entriesAfterCheckpoint,
  };
  return { count: counts[gap] ?? 0, seconds: gap === 'long-looks' ? figures.longLooksMs / SECOND_MS : 0 };
}

function number(name: FactName, value: number): Fact {
  return { name, kind: 'number', number: value };
}

function some(name: FactName, value: number): readonly Fact[] {
  return value === 0 ? [] : [number(name, value)];
}

function seconds(name: FactName, milliseconds: number): Fact {
  return { name, kind: 'seconds', seconds: milliseconds / SECOND_MS };
}

function time(name: FactName, at: IsoTime | null): readonly Fact[] {
  return at === null ? [] : [{ name, kind: 'time', time: at }];
}
