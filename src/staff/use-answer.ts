import { useCallback, useEffect, useRef, useState } from 'react';
import type { StaffFault } from './faults.ts';
import type { Answer } from './server-client.ts';

export interface AnswerView<Success extends object> {
  /** What was heard last; stays when asking again fails. Null until something was heard. */
  readonly answer: Success | null;
  readonly fault: StaffFault | null;
  readonly load: () => void;
  /** Shows what another call of ours was answered, which is newer. */
  readonly take: (answer: Success) => void;
}

/** What the server answers, asked at once and again every `againMs`, for as long as the component is shown. `ask` keeps its identity between renders. */
export function useAnswer<Success extends object>(
  ask: () => Promise<Answer<Success>>,
  againMs: number,
  onSignedOut: () => void,
): AnswerView<Success> {
  const [view, setView] = useState<Pick<AnswerView<Success>, 'answer' | 'fault'>>({
    answer: null,
    fault: null,
  });
  const taken = useRef(0);
  const load = useCallback(() => {
    const before = taken.current;
    void ask().then((heard) => {
      // It was asked before something newer was shown.
      if (taken.current !== before) return;
      if (heard.ok) setView({ answer: heard, fault: null });
      else if (heard.reason === 'not-signed-in') onSignedOut();
      else setView(({ answer }) => ({ answer, fault: heard.reason }));
    });
  }, [ask, onSignedOut]);
  useEffect(() => {
    load();
    const timer = setInterval(load, againMs);
    return () => clearInterval(timer);
  }, [load, againMs]);
  const take = useCallback((answer: Success) => {
    taken.current += 1;
    setView({ answer, fault: null });
  }, []);
  return { ...view, load, take };
}
