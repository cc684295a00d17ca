import type { EntryKind } from '#ledger';
import type { Check } from '../item.ts';

/** Kinds that speak of one visitor: theirs are the bodies that are pruned when their time is over. */
const OF_VISITS: readonly EntryKind[] = [
  'receipt-issued',
  'look-opened',
  'look-closed',
  'contribution-recorded',
  'contribution-withdrawn',
];

/** Bodies are pruned by age, so what is missing is old: once an entry of a visit has its body, every later entry has its own. */
export const checkPruning: Check = (kiosk, { kind, entry, body }) => {
  if (body !== null) {
    if (OF_VISITS.includes(kind)) kiosk.isPruningOver = true;
    return null;
  }
  if (entry.seq === 0) return 'first-entry-pruned';
  if (kiosk.isPruningOver) return 'pruned-too-new';
  kiosk.figures.pruned += 1;
  kiosk.prunedUntil = entry.time;
  return null;
};
