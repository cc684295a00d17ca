import { useEffect, useState } from 'react';
import { type Instant, instant, SECOND_MS } from '#values';

/** Words such as "2 minutes ago" are no finer than a minute; this keeps them right. */
const TICK_MS = 10 * SECOND_MS;

/** The time, kept up to date; newer with every change that the component shows. */
export function useNow(): Instant {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return instant(Date.now());
}
