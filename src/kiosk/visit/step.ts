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

/** The step of a state. Two states are moments of a step that outsiders need not tell apart. */
export function stepOf(state: VisitState): Step {
  if (state === 'guardianOfChild') return 'guardian';
  return state === 'deleting' ? 'result' : state;
}
