import type { SessionAnswer } from '#protocol';
import { mayPass, type StaffFault } from '../faults.ts';
import type { StaffClient } from '../server-client.ts';

/** Why somebody stands outside, where there is a reason to tell. */
export const WHYS = ['signed-out', 'session-ended'] as const;
type Why = (typeof WHYS)[number];

/** Where the person at this page stands. */
export type Standing =
  | { readonly state: 'entering' }
  | { readonly state: 'inside'; readonly session: SessionAnswer }
  | {
      readonly state: 'outside';
      readonly why: Why | { readonly fault: StaffFault } | null;
      /** Tries again what failed, with the same token; null where that would not help. */
      readonly retry: (() => Promise<void>) | null;
    };

export interface Entrance {
  readonly standing: () => Standing;
  readonly subscribe: (listener: () => void) => () => void;
  /** Signs in with a link's token, or without one goes on with the session that the browser holds. */
  readonly enter: (token: string | null) => Promise<void>;
  /** Asks anew whose session it is and which shops are theirs. Who cannot reach the server goes on with what was known. */
  readonly renew: () => Promise<void>;
  /** The server no longer knows the session. */
  readonly sessionEnded: () => void;
  /** Signs out, and says what kept it from doing so. */
  readonly signOut: () => Promise<StaffFault | null>;
}

/** The door. A token is used once however often React looks, so its state lives here. */
export function makeEntrance(client: Pick<StaffClient, 'signIn' | 'session' | 'signOut'>): Entrance {
  const listeners = new Set<() => void>();
  let standing: Standing = { state: 'entering' };
  let newest = 0;

  function stand(next: Standing): void {
    standing = next;
    for (const listener of listeners) listener();
  }

  async function enter(token: string | null): Promise<void> {
    newest += 1;
    const mine = newest;
    // Who is inside already stays there until it is known what another link gives.
    if (standing.state !== 'inside') stand({ state: 'entering' });
    const signedIn = token === null ? null : await client.signIn(token);
    const answer = await client.session();
    // A second link was opened meanwhile: its answer counts.
    if (mine !== newest) return;
    // A stale link takes nobody's session away.
    if (answer.ok) return stand({ state: 'inside', session: answer.session });
    const hasNoSession = answer.reason === 'not-signed-in';
    if (signedIn === null && hasNoSession) return stand({ state: 'outside', why: null, retry: null });
    let fault = answer.reason;
    if (signedIn?.ok === false) fault = signedIn.reason;
    else if (hasNoSession) fault = 'cookie-refused';
    // A token that was taken is used up: from then on only the session is asked for.
    const again = signedIn?.ok === true ? null : token;
    stand({ state: 'outside', why: { fault }, retry: mayPass(fault) ? () => enter(again) : null });
  }

  async function renew(): Promise<void> {
    const mine = newest;
    const answer = await client.session();
    // Another link was opened meanwhile, or the person went out: that counts.
    if (mine !== newest || standing.state !== 'inside') return;
    if (answer.ok) stand({ state: 'inside', session: answer.session });
    else if (answer.reason === 'not-signed-in') sessionEnded();
  }

  function sessionEnded(): void {
    stand({ state: 'outside', why: 'session-ended', retry: null });
  }

  return {
    standing: () => standing,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    enter,
    renew,
    sessionEnded,
    signOut: async () => {
      const answer = await client.signOut();
      if (!answer.ok) return answer.reason;
      stand({ state: 'outside', why: 'signed-out', retry: null });
      return null;
    },
  };
}
