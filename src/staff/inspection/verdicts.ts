import type { Inspection, InspectionNote, InspectionProblem } from '#protocol';

/** The questions of a regulator, in the order in which they are answered. */
export const QUESTIONS = [
  'told',
  'plain',
  'change',
  'consent',
  'upload',
  'suppliers',
  'country',
  'sale',
  'security',
  'networks',
  'guess',
  'deletion',
  'withdrawal',
  'rights',
  'minimum',
  'refusing',
  'children',
  'access',
  'retention',
  'records',
  'assessment',
  'filing',
  'signs',
  'operation',
] as const;
export type Question = (typeof QUESTIONS)[number];

/**
 * `noted`: figures say yes, and a ledger leaves something open that bears on it. `unknown`: there is nothing in the period, or no build, that could show it. `designed`: how the product is made answers it and no figure can; its
 * tests hold that. `yours`: the shop alone can answer it.
 */
export const VERDICTS = ['kept', 'noted', 'broken', 'unknown', 'designed', 'yours'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Findings that make the answer to a question a no. */
const BROKEN_BY: Partial<Record<Question, readonly InspectionProblem[]>> = {
  told: ['receipt-notice-unknown'],
  consent: ['look-uncovered', 'look-not-in-ledger', 'look-too-long', 'rule-broken'],
  networks: ['network-unknown'],
  withdrawal: ['withdrawal-late'],
  minimum: ['release-too-small'],
  children: ['demographics-of-child'],
  retention: ['retention-late'],
  records: [
    'chain-broken',
    'checkpoint-wrong',
    'checkpoint-missing',
    'ledger-wrong',
    'not-checked-after',
    'numbers-differ',
    'retention-ledger-wrong',
    'fork',
    'refused',
    'kiosk-silent',
  ],
};

/** What is left open where the answer to a question is a yes. */
const NOTED_BY: Partial<Record<Question, readonly InspectionNote['note'][]>> = {
  consent: ['long-looks', 'look-late-and-interrupted', 'look-open-at-end'],
  records: ['no-entries'],
};

export function verdictOf(question: Question, inspection: Inspection): Verdict {
  const breaking = BROKEN_BY[question] ?? [];
  if (inspection.problems.some(({ problem }) => breaking.includes(problem))) return 'broken';
  const verdict = verdictWhereNothingIsWrong(question, inspection);
  const noting = NOTED_BY[question] ?? [];
  const isNoted = inspection.notes.some(({ note }) => noting.includes(note));
  return verdict === 'kept' && isNoted ? 'noted' : verdict;
}

function verdictWhereNothingIsWrong(
  question: Question,
  { looks, receipts, releases, withdrawals, software, kiosks, retention }: Inspection,
): Verdict {
  switch (question) {
    case 'plain':
    case 'change':
    case 'upload':
    case 'country':
    case 'sale':
    case 'security':
    case 'guess':
    case 'deletion':
    case 'rights':
    case 'refusing':
    case 'access':
      return 'designed';
    case 'filing':
    case 'signs':
    case 'operation':
    case 'assessment':
      return 'yours';
    case 'told':
      return keptIf(receipts.issued > 0);
    case 'consent':
      return keptIf(looks.opened > 0);
    case 'suppliers':
      // A test holds the list against the parts that the build is made of.
      return software === null ? 'unknown' : 'designed';
    case 'networks':
      return keptIf(software !== null);
    case 'withdrawal':
      return withdrawals.made > 0 ? 'kept' : 'designed';
    case 'minimum':
      return releases.made > 0 ? 'kept' : 'designed';
    case 'children':
      return keptIf(receipts.issued > 0);
    case 'retention':
      return keptIf(retention.lastRun !== null);
    case 'records':
      return keptIf(kiosks.some(({ entries }) => entries > 0));
  }
}

function keptIf(isShown: boolean): Verdict {
  return isShown ? 'kept' : 'unknown';
}
