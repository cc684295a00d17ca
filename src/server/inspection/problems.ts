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

/** Everything that is wrong, the gravest first. */
export function problemsOf(
  { looks, looksTooLong, receipts, releases }: LedgerFigures,
  kiosks: readonly KioskFindings[],
  now: Instant,
): FoundProblem[] {
  const ofShop: readonly FoundProblem[] = [
    found('look-uncovered', { count: looks.opened - looks.covered }),
    found('look-too-long', { count: looksTooLong }),
    found('demographics-of-child', { count: receipts.demographicsOfChild }),
    found('receipt-notice-unknown', { count: receipts.noticeUnknown }),
    found('release-too-small', { count: releases.tooSmall }),
  ];
  const all = [
    ...ofShop.filter(({ count }) => count > 0),
    ...kiosks.flatMap((one) => problemsOfKiosk(one, now)),
  ];
  return all.sort((a, b) => gravity(a) - gravity(b));
}

function problemsOfKiosk(
  { kiosk, ledger, strayLooks, refusals, late }: KioskFindings,
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
  if (checkpoint?.isVerified === false) add('checkpoint-wrong', { seq: checkpoint.seq });
  if (kiosk.forked_at !== null) add('fork', { time: timeOf(kiosk.forked_at) });
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
  },
): FoundProblem {
  return { problem, count: 1, kiosk: null, seq: null, time: null, ...more };
}

function gravity({ problem }: FoundProblem): number {
  return INSPECTION_PROBLEMS.indexOf(problem);
}

function timeOf(column: number): IsoTime {
  return toIso(instant(Number(column)));
}
