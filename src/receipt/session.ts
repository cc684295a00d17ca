import type { ReceiptAnswer } from '#protocol/for-phones';
import { type Instant, instantFromIso } from '#values';
import type { CheckedReceipt, GivenReceipt } from './check-receipt.ts';
import { pollDelayMs } from './poll-delay.ts';
import type { ReceiptServer, ServerFault } from './server-client.ts';

/** A receipt that arrived, as it was given, as it was checked, and what became of its count. */
export interface ArrivedReceipt {
  readonly given: GivenReceipt;
  readonly checked: CheckedReceipt;
  /** `anonymous`: the link to its count is cut. Taken back after that, it has a `withdrawnAt` all the same. */
  readonly contribution: 'none' | 'counted' | 'withdrawn' | 'anonymous';
  readonly withdrawnAt: Instant | null;
}

/**
 * `wanted`: tapped, and not yet heard by the server.
 * `kept`: the server has it and waits for the receipt. That it was done stands in the receipt itself.
 */
type TakeBack = 'not-asked' | 'wanted' | 'kept';

export interface SessionState {
  /** `on-its-way`: the server knows nothing of it, or does not say so. Null until the first answer. */
  readonly receipt: ArrivedReceipt | 'on-its-way' | null;
  readonly takeBack: TakeBack;
  /** Why the last question had no answer. */
  readonly fault: ServerFault | null;
  readonly isAsking: boolean;
}

export interface Session {
  readonly state: () => SessionState;
  readonly onChange: (listener: () => void) => () => void;
  readonly lookNow: () => void;
  readonly takeBack: () => void;
}

/** With the pauses between them about ten minutes. */
const LOOKS_FOR_COUNT = 15;

interface Effects {
  readonly server: ReceiptServer;
  readonly check: (given: GivenReceipt) => Promise<CheckedReceipt>;
  readonly random: () => number;
  /** The server has kept a withdrawal already, before this page was loaded again. */
  readonly wasKept: boolean;
}

/**
 * The page's talk with the server about one receipt: looks until it has arrived, with a growing pause, and takes it back when asked to.
 * A tap is heard once and carried out as soon as it can be: the person never has to tap again because a network was slow.
 */
export function openSession({ server, check, random, wasKept }: Effects): Session {
  let state: SessionState = {
    receipt: null,
    takeBack: wasKept ? 'kept' : 'not-asked',
    fault: null,
    isAsking: false,
  };
  let looks = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const listeners = new Set<() => void>();

  function change(changes: Partial<SessionState>): void {
    state = { ...state, ...changes };
    for (const listener of listeners) listener();
  }

  async function ask(): Promise<void> {
    if (state.isAsking) return;
    if (timer !== null) clearTimeout(timer);
    const asked = state.takeBack === 'wanted' ? 'withdraw' : 'read';
    change({ isAsking: true });
    const heard = await server[asked]();
    looks += 1;
    if (heard.ok) {
      const receipt = await arrivedIn(heard.answer);
      const isHeard = asked === 'withdraw';
      change({ receipt, takeBack: nextTakeBack(receipt, isHeard), fault: null, isAsking: false });
    } else {
      change({ fault: heard.reason, isAsking: false });
    }
    // A tap that came while a read was under way goes out at once.
    if (asked === 'read' && state.takeBack === 'wanted') return ask();
    if (needsAnotherLook()) {
      const pauseMs = heard.ok ? null : heard.pauseMs;
      timer = setTimeout(() => void ask(), pauseMs ?? pollDelayMs(looks, random()));
    }
  }

  function nextTakeBack(receipt: ArrivedReceipt | 'on-its-way', isHeard: boolean): TakeBack {
    if (receipt === 'on-its-way') return isHeard ? 'kept' : state.takeBack;
    if (isHeard || receipt.contribution === 'withdrawn') return 'not-asked';
    // A server that lost what it had kept is told once more: the wish of the person stands.
    return state.takeBack === 'kept' ? 'wanted' : state.takeBack;
  }

  function needsAnotherLook(): boolean {
    const { receipt } = state;
    if (receipt === null || receipt === 'on-its-way' || state.takeBack === 'wanted') return true;
    // A receipt comes before its look, and what the look counted may be some minutes behind.
    return receipt.contribution === 'none' && receipt.withdrawnAt === null && looks < LOOKS_FOR_COUNT;
  }

  async function arrivedIn(answer: ReceiptAnswer): Promise<ArrivedReceipt | 'on-its-way'> {
    if (answer.state === 'unknown') return 'on-its-way';
    const given = { receipt: answer.receipt, publicKey: answer.publicKey };
    return {
      given,
      checked: await check(given),
      contribution: answer.contribution,
      withdrawnAt: answer.withdrawnAt === null ? null : instantFromIso(answer.withdrawnAt),
    };
  }

  void ask();
  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lookNow: () => void ask(),
    takeBack: () => {
      looks = 0;
      change({ takeBack: 'wanted' });
      void ask();
    },
  };
}
