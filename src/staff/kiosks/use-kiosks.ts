import { useCallback, useEffect, useState } from 'react';
import type { KioskStatus } from '#protocol';
import { SECOND_MS, type ShopId } from '#values';
import type { StaffFault } from '../faults.ts';
import type { StaffClient } from '../server-client.ts';

/** A tablet that was just let in shows soon, while somebody stands before it. */
const AGAIN_MS = 10 * SECOND_MS;

export interface KiosksView {
  /** In the order in which they were let in; what was heard last stays when asking again fails. Null until something was heard. */
  readonly kiosks: readonly KioskStatus[] | null;
  readonly fault: StaffFault | null;
  readonly load: () => void;
}

/** The kiosks of a shop, for as long as the component is shown. */
export function useKiosks(
  client: Pick<StaffClient, 'today'>,
  shopId: ShopId,
  onSignedOut: () => void,
): KiosksView {
  const [view, setView] = useState<Omit<KiosksView, 'load'>>({ kiosks: null, fault: null });
  const load = useCallback(() => {
    void client.today(shopId).then((heard) => {
      if (heard.ok) setView({ kiosks: heard.today.kiosks, fault: null });
      else if (heard.reason === 'not-signed-in') onSignedOut();
      else setView(({ kiosks }) => ({ kiosks, fault: heard.reason }));
    });
  }, [client, shopId, onSignedOut]);
  useEffect(() => {
    load();
    const timer = setInterval(load, AGAIN_MS);
    return () => clearInterval(timer);
  }, [load]);
  return { ...view, load };
}
