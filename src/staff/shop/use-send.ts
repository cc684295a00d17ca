import { useEffect, useRef, useState } from 'react';
import type { StaffFault } from '../faults.ts';
import type { Answer } from '../server-client.ts';

export interface Sending {
  readonly isBusy: boolean;
  /** What kept the last one from being done. */
  readonly fault: StaffFault | null;
  /** Gives what the server answered; null where it was not done, where one is on its way, or where nobody waits for it any more. */
  readonly send: <Success extends object>(ask: () => Promise<Answer<Success>>) => Promise<Success | null>;
}

/** Sends one thing at a time: a second press while the first is on its way does nothing. */
export function useSend(onSignedOut: () => void): Sending {
  // Of a button that is disabled meanwhile a keyboard would lose the focus, so nothing is disabled.
  const isSending = useRef(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const [state, setState] = useState<Pick<Sending, 'isBusy' | 'fault'>>({ isBusy: false, fault: null });

  async function send<Success extends object>(ask: () => Promise<Answer<Success>>): Promise<Success | null> {
    if (isSending.current) return null;
    isSending.current = true;
    setState({ isBusy: true, fault: null });
    const answer = await ask();
    isSending.current = false;
    if (!isShown.current) return null;
    if (answer.ok) {
      setState({ isBusy: false, fault: null });
      return answer;
    }
    if (answer.reason === 'not-signed-in') onSignedOut();
    setState({ isBusy: false, fault: answer.reason });
    return null;
  }

  return { ...state, send };
}
