import type { EntryKind } from '#ledger';
import type { Check } from '../item.ts';
import type { PrunedClass } from '../report.ts';

/** Kinds that speak of one visitor: theirs are the bodies that are pruned, the links to the counts long before the receipts. */
const CLASSES: { readonly [Kind in EntryKind]?: PrunedClass } = {
  'contribution-recorded': 'link',
  'contribution-withdrawn': 'link',
  'receipt-issued': 'receipt',
  'look-opened': 'receipt',
  'look-closed': 'receipt',
};

/** Bodies are pruned by age, so what is missing is old: once an entry of a class has its body, every later one of the class has its own. */
export const checkPruning: Check = (kiosk, { kind, seq, time, body }) => {
  const prunedClass = CLASSES[kind];
  if (body !== null) {
    if (prunedClass !== undefined) kiosk.keptClasses.add(prunedClass);
    return null;
  }
  if (seq === 0) return 'first-entry-pruned';
  if (prunedClass === undefined) return 'pruned-for-nothing';
  if (kiosk.keptClasses.has(prunedClass)) return 'pruned-too-new';
  kiosk.figures.pruned[prunedClass] += 1;
  kiosk.prunedUntil[prunedClass] = time;
  return null;
};
