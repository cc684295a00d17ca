import type { Fault, FaultReason } from '#inspection';
import {
  type FoundProblem,
  INSPECTION_PROBLEMS,
  type InspectedKiosk,
  type InspectionProblem,
} from '#protocol';
import { DAY_MS, type Instant, type IsoTime, instant, type KioskId, toIso } from '#values';
import type { KioskRow } from '../kiosk/authenticate.ts';
import type { InspectedLedger } from './inspect-ledger.ts';
import type { LedgerFigures } from './ledger-figures.ts';
import { isWithin, type Span } from './period.ts';

/** Shops close at night, and a network may be away for hours; after a day somebody should look. */
const SILENT_AFTER_MS = DAY_MS;

/** All that one kiosk shows. */
export interface KioskFindings {
  readonly kiosk: KioskRow;
  readonly ledger: InspectedLedger;
  readonly strayLooks: number;
  readonly refusals: InspectedKiosk['refusals'];
  readonly late: { readonly count: number; readonly since: Instant } | null;
}

/** All that the shop as a whole shows. */
export interface ShopFindings {
  readonly figures: LedgerFigures;
  readonly numbersThatDiffer: number;
  readonly retentionLateSince: Instant | null;
  readonly isRetentionLedgerWhole: boolean;
  readonly unknownNetworks: number;
  readonly span: Span;
}

/** Everything that is wrong, the gravest first. */
export function problemsOf(
  shop: ShopFindings,
  kiosks: readonly KioskFindings[],
  now: Instant,
): FoundProblem[] {
  const { looks, looksTooLong, receipts, releases } = shop.figures;
  const counted: readonly FoundProblem[] = [
    found('look-uncovered', { count: looks.opened - looks.covered }),
    found('look-too-long', { count: looksTooLong }),
    found('network-unknown', { count: shop.unknownNetworks }),
    found('demographics-of-child', { count: receipts.demographicsOfChild }),
    found('receipt-notice-unknown', { count: receipts.noticeUnknown }),
    found('release-too-small', { count: releases.tooSmall }),
    found('numbers-differ', { count: shop.numbersThatDiffer }),
    found('retention-ledger-wrong', { count: Number(!shop.isRetentionLedgerWhole) }),
  ];
  const ofShop = counted.filter(({ count }) => count > 0);
  if (shop.retentionLateSince !== null)
    ofShop.push(found('retention-late', { time: toIso(shop.retentionLateSince) }));
  const ofKiosks = kiosks.flatMap((one) => problemsOfKiosk(one, shop.span, now));
  const ofFiles = kiosks.flatMap(({ kiosk, ledger: { asFile, brokenAt } }) => {
    const { fault } = asFile;
    // After a break in the chain no rule can be asked for.
    if (fault === null || brokenAt !== null) return [];
    const known = [...ofShop, ...ofKiosks.filter((each) => each.kiosk?.id === kiosk.id)];
    const isKnown = known.some(({ problem }) => SAYS_AS_MUCH[problem]?.test(fault.reason));
    // Signed heads come last: all entries before were checked.
    if (isKnown && fault.reason.startsWith('checkpoint-')) return [];
    return [problemOfFile(fault, kiosk, isKnown)];
  });
  return [...ofShop, ...ofKiosks, ...ofFiles].sort((a, b) => gravity(a) - gravity(b));
}

/** Which reasons of the check of a file a problem tells already, in words and figures of its own. */
const SAYS_AS_MUCH: Partial<Record<InspectionProblem, RegExp>> = {
  'checkpoint-wrong': /^checkpoint-/,
  'look-uncovered': /^receipt-unknown$/,
  'look-too-long': /^look-(too-long|longer-than-possible)$/,
  'demographics-of-child': /^receipt-demographics-of-child$/,
  'receipt-notice-unknown': /^notice-unknown$/,
  'release-too-small': /^release-too-small$/,
};

/** What a yes allows, and who may be counted. */
const RULES = /^(look|receipt|contribution|withdrawn|notice)-/;

function problemOfFile({ reason, seq }: Fault, { id, name }: KioskRow, isKnown: boolean): FoundProblem {
  const problem = isKnown ? 'not-checked-after' : RULES.test(reason) ? 'rule-broken' : 'ledger-wrong';
  return found(problem, { kiosk: { id, name }, reason, ...(seq === null ? {} : { seq }) });
}

function problemsOfKiosk(
  { kiosk, ledger, strayLooks, refusals, late }: KioskFindings,
  span: Span,
  now: Instant,
): FoundProblem[] {
  const problems: FoundProblem[] = [];
  const add = (problem: InspectionProblem, more: Parameters<typeof found>[1]): void => {
    problems.push(found(problem, { kiosk: { id: kiosk.id, name: kiosk.name }, ...more }));
  };
  const { brokenAt, checkpoint, entries } = ledger;
  if (strayLooks > 0) add('look-not-in-ledger', { count: strayLooks });
  if (brokenAt !== null) add('chain-broken', { seq: brokenAt });
  if (checkpoint === null && entries > 0) add('checkpoint-missing', {});
  // A signed head comes with each batch and is kept with it, so the newest one is of the newest entry.
  if (checkpoint !== null && checkpoint.seq + 1 < entries)
    add('checkpoint-missing', { seq: checkpoint.seq + 1 });
  if (checkpoint?.isVerified === false) add('checkpoint-wrong', { seq: checkpoint.seq });
  const forkedAt = kiosk.forked_at === null ? null : instant(Number(kiosk.forked_at));
  // Once the kiosk is shut out it is history, and told for the days on which it happened.
  if (forkedAt !== null && (kiosk.revoked_at === null || isWithin(span, forkedAt)))
    add('fork', { time: toIso(forkedAt) });
  if (late !== null) add('withdrawal-late', { count: late.count, time: toIso(late.since) });
  const refused = Object.values(refusals).reduce((sum, count) => sum + (count ?? 0), 0);
  if (refused > 0) add('refused', { count: refused });
  const heardAt = instant(Number(kiosk.last_seen ?? kiosk.paired_at));
  const isSilent = kiosk.revoked_at === null && now - heardAt > SILENT_AFTER_MS;
  if (isSilent) add('kiosk-silent', { time: toIso(heardAt) });
  return problems;
}

function found(
  problem: InspectionProblem,
  more: {
    readonly count?: number;
    readonly kiosk?: { readonly id: KioskId; readonly name: string };
    readonly seq?: number;
    readonly time?: IsoTime;
    readonly reason?: FaultReason;
  },
): FoundProblem {
  return { problem, count: 1, kiosk: null, seq: null, time: null, reason: null, ...more };
}

function gravity({ problem }: FoundProblem): number {
  return INSPECTION_PROBLEMS.indexOf(problem);
}
