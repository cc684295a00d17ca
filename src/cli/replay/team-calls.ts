import type { Team } from './team.ts';

export type CallName = 'pair' | 'begin' | 'evening' | 'end' | 'check';

/** What crosses to a worker and back. */
export interface CallRequest<Name extends CallName = CallName> {
  readonly number: number;
  readonly name: Name;
  readonly call: Parameters<Team[Name]>[0];
}

export type CallReply =
  | { readonly number: number; readonly ok: true; readonly value: unknown }
  | { readonly number: number; readonly ok: false; readonly message: string; readonly isTrouble: boolean };
