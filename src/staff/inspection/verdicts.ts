import { SUPPLIERS } from '#inspection';
import type { Inspection, InspectionProblem } from '#protocol';

/** The questions of a regulator, in the order in which they are answered. */
export const QUESTIONS = [
  'told',
  'consent',
  'upload',
  'suppliers',
  'country',
  'networks',
  'deletion',
  'withdrawal',
  'minimum',
  'refusing',
  'children',
  'retention',
  'records',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** `unknown`: there is nothing in the period, or no build, that could show it. */
export const VERDICTS = ['kept', 'broken', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Findings that make the answer to a question a no. The others are answered by how the product is made. */
const BROKEN_BY: Partial<Record<Question, readonly InspectionProblem[]>> = {
  told: ['receipt-notice-unknown'],
  consent: ['look-uncovered', 'look-not-in-ledger', 'look-too-long'],
  withdrawal: ['withdrawal-late'],
  minimum: ['release-too-small'],
  children: ['demographics-of-child'],
  records: ['chain-broken', 'checkpoint-wrong', 'checkpoint-missing', 'fork', 'refused', 'kiosk-silent'],
};

export function verdictOf(question: Question, inspection: Inspection): Verdict {
  const breaking = BROKEN_BY[question] ?? [];
  if (inspection.problems.some(({ problem }) => breaking.includes(problem))) return 'broken';
  return hasEvidence(question, inspection) ? 'kept' : 'unknown';
}

function hasEvidence(
  question: Question,
  { looks, receipts, software, kiosks, controller }: Inspection,
): boolean {
  switch (question) {
    case 'told':
      return receipts.issued > 0;
    case 'consent':
      return looks.opened > 0;
    case 'suppliers':
      return software !== null && SUPPLIERS.length > 0;
    case 'networks':
      return software !== null;
    case 'country':
      return controller.country !== '';
    case 'records':
      return kiosks.some(({ entries }) => entries > 0);
    default:
      return true;
  }
}
