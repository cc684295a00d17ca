import { LIVE_BEAT_MS, type Today } from '#protocol';
import type { Clock, Instant, IsoTime, ShopId } from '#values';
import type { StaffFault } from '../faults.ts';
import type { StaffClient } from '../server-client.ts';
import { retryDelay } from './retry-delay.ts';

/** Two beats missed and some time to spare: nobody is at the other end, whatever the connection says. */
const SILENCE_MS = 2.5 * LIVE_BEAT_MS;

/** What is known of today, and whether it is still so. */
export interface LiveView {
  readonly known: { readonly today: Today; readonly heardAt: Instant } | null;
  readonly isLive: boolean;
  /** What keeps it from being live, where that is known. */
  readonly fault: StaffFault | null;
}

export const NOTHING_KNOWN: LiveView = { known: null, isLive: false, fault: null };

export interface LiveLine {
  /** The network is back, or somebody looks again: tries at once where it would have waited. */
  readonly wake: () => void;
  /** The network is gone: says so before the connection notices. */
  readonly lost: () => void;
  readonly stop: () => void;
}

interface Effects {
  readonly now: Clock;
  readonly random: () => number;
  /** Runs something later. Gives what takes it back. */
  readonly later: (run: () => void, delayMs: number) => () => void;
}

interface Listener {
  readonly onView: (view: LiveView) => void;
  readonly onSignedOut: () => void;
}

/**
 * Keeps a shop's today live. When the stream drops, what is known stays and is said to be not live; after a pause the server is asked
 * for today, whose answer tells what a stream cannot (why), and once it gives it, the stream is opened again.
 */
export function watchLive(
  shopId: ShopId,
  client: Pick<StaffClient, 'today' | 'openLive'>,
  { onView, onSignedOut }: Listener,
  { now, random, later }: Effects,
): LiveLine {
  let view = NOTHING_KNOWN;
  let failures = 0;
  let phase: 'streaming' | 'waiting' | 'asking' | 'stopped' = 'streaming';
  let closeStream = () => {};
  let cancelTimer = () => {};

  function show(change: Partial<LiveView>): void {
    view = { ...view, ...change };
    onView(view);
  }

  function timer(run: () => void, delayMs: number): void {
    cancelTimer();
    cancelTimer = later(run, delayMs);
  }

  function heard(today: Today): void {
    failures = 0;
    timer(dropped, SILENCE_MS);
    show({ known: { today, heardAt: now() }, isLive: true, fault: null });
  }

  function beat(asOf: IsoTime): void {
    if (view.known !== null) heard({ ...view.known.today, asOf });
  }

  function open(): void {
    phase = 'streaming';
    timer(dropped, SILENCE_MS);
    closeStream = client.openLive(shopId, { onToday: heard, onBeat: beat, onEnd: dropped });
  }

  function dropped(): void {
    if (phase !== 'streaming') return;
    closeStream();
    tryLater(null, null);
  }

  function tryLater(fault: StaffFault | null, askedMs: number | null): void {
    failures += 1;
    phase = 'waiting';
    timer(() => void ask(), retryDelay(failures, askedMs, random()));
    show({ isLive: false, fault });
  }

  async function ask(): Promise<void> {
    cancelTimer();
    phase = 'asking';
    const answer = await client.today(shopId);
    if (phase !== 'asking') return;
    if (answer.ok) {
      show({ known: { today: answer.today, heardAt: now() }, fault: null });
      open();
    } else if (answer.reason === 'not-signed-in') onSignedOut();
    else tryLater(answer.reason, answer.pauseMs);
  }

  open();
  return {
    wake: () => {
      if (phase !== 'waiting') return;
      failures = 0;
      void ask();
    },
    lost: dropped,
    stop: () => {
      phase = 'stopped';
      cancelTimer();
      closeStream();
    },
  };
}
