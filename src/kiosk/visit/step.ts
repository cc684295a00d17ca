import type { StateValueFrom } from 'xstate';
import type { visitMachine } from './machine.ts';

/** What the kiosk's root element shows as `data-step`: part of the contract with tools, tests and operators. */
export type Step =
  | 'attract'
  | 'notice'
  | 'choose'
  | 'guardian'
  | 'recording'
  | 'looking'
  | 'result'
  | 'receipt'
  | 'declined'
  | 'resting';

export type VisitState = StateValueFrom<typeof visitMachine>;

/** States that are moments of a step which outsiders need not tell apart. The last two are over as soon as they begin. */
const MOMENTS = {
  group: 'choose',
  guardianOfChild: 'guardian',
  deleting: 'result',
  resultCovered: 'result',
  receiptCovered: 'receipt',
  receiptLonger: 'receipt',
  answeredNo: 'declined',
  nextPerson: 'choose',
} as const satisfies Partial<Record<VisitState, Step>>;

/** The step of a state. */
export function stepOf(state: VisitState): Step {
  return isMoment(state) ? MOMENTS[state] : state;
}

function isMoment(state: VisitState): state is keyof typeof MOMENTS {
  return Object.hasOwn(MOMENTS, state);
}
