import { useEffect, useState } from 'react';
import { instant, type ShopId } from '#values';
import type { StaffClient } from '../server-client.ts';
import { type LiveView, NOTHING_KNOWN, watchLive } from './watch-live.ts';

const effects = {
  now: () => instant(Date.now()),
  random: Math.random,
  later: (run: () => void, delayMs: number) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Today of a shop, live for as long as the component is shown. */
export function useLive(shopId: ShopId, client: StaffClient, onSignedOut: () => void): LiveView {
  const [view, setView] = useState(NOTHING_KNOWN);
  useEffect(() => {
    const line = watchLive(shopId, client, { onView: setView, onSignedOut }, effects);
    const looked = () => {
      if (document.visibilityState === 'visible') line.wake();
    };
    addEventListener('online', line.wake);
    addEventListener('offline', line.lost);
    document.addEventListener('visibilitychange', looked);
    return () => {
      removeEventListener('online', line.wake);
      removeEventListener('offline', line.lost);
      document.removeEventListener('visibilitychange', looked);
      line.stop();
    };
  }, [shopId, client, onSignedOut]);
  return view;
}
