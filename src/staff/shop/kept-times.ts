import type { Terms, TermsAnswer } from '#protocol';

/** How the times for which things are kept can change. Each has its words under `terms.times` in the texts. */
export const TIME_CHANGES = ['linkLonger', 'linkShorter', 'receiptLonger', 'receiptShorter'] as const;
type TimeChange = (typeof TIME_CHANGES)[number];

type Retention = TermsAnswer['terms']['controller']['retention'];

/** What must be said of receipts that people have already: a longer time never reaches them, a shorter one does. */
export function timeChanges(before: Retention, after: Terms['controller']['retention']): TimeChange[] {
  const changes: TimeChange[] = [];
  if (after.linkDays > before.linkDays) changes.push('linkLonger');
  if (after.linkDays < before.linkDays) changes.push('linkShorter');
  if (after.receiptYears > before.receiptYears) changes.push('receiptLonger');
  if (after.receiptYears < before.receiptYears) changes.push('receiptShorter');
  return changes;
}
