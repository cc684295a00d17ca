import { useCallback, useEffect, useState } from 'react';
import type { RetentionAnswer } from '#protocol';
import { MINUTE_MS } from '#values';
import type { StaffFault } from '../faults.ts';
import type { StaffClient } from '../server-client.ts';

/** Runs are an hour apart: this keeps an open page right without ever being in the way. */
const AGAIN_MS = 5 * MINUTE_MS;

export interface RetentionView {
  /** What was heard last; stays when asking again fails. */
  readonly answer: RetentionAnswer | null;
  readonly fault: StaffFault | null;
  readonly load: () => void;
}

/** The retention of the person's controller, for as long as the component is shown. */
export function useRetention(client: Pick<StaffClient, 'retention'>, onSignedOut: () => void): RetentionView {
  const [view, setView] = useState<Omit<RetentionView, 'load'>>({ answer: null, fault: null });
  const load = useCallback(() => {
    void client.retention().then((heard) => {
      if (heard.ok) setView({ answer: heard.retention, fault: null });
      else if (heard.reason === 'not-signed-in') onSignedOut();
      else setView(({ answer }) => ({ answer, fault: heard.reason }));
    });
  }, [client, onSignedOut]);
  useEffect(() => {
    load();
    const timer = setInterval(load, AGAIN_MS);
    return () => clearInterval(timer);
  }, [load]);
  return { ...view, load };
}
