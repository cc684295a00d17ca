import type { ShopId } from '#values';

/** Several changes within this go out as one: a shop's screen needs no more. Well below the second that is promised. */
const GATHER_MS = 100;

export interface LiveHub {
  /** Something of a shop changed: its listeners hear of it soon. */
  readonly changed: (shopId: ShopId) => void;
  /** Calls back on each change of a shop; gives what ends it. */
  readonly listen: (shopId: ShopId, listener: () => void) => () => void;
  readonly listeners: () => number;
  readonly close: () => void;
}

export function liveHub(): LiveHub {
  const listeners = new Map<ShopId, Set<() => void>>();
  const gathering = new Map<ShopId, NodeJS.Timeout>();

  function tell(shopId: ShopId): void {
    gathering.delete(shopId);
    for (const listener of listeners.get(shopId) ?? []) listener();
  }

  return {
    changed: (shopId) => {
      if (gathering.has(shopId)) return;
      gathering.set(shopId, setTimeout(tell, GATHER_MS, shopId));
    },
    listen: (shopId, listener) => {
      const ofShop = listeners.get(shopId) ?? new Set();
      listeners.set(shopId, ofShop.add(listener));
      return () => ofShop.delete(listener);
    },
    listeners: () => [...listeners.values()].reduce((sum, ofShop) => sum + ofShop.size, 0),
    close: () => {
      for (const timer of gathering.values()) clearTimeout(timer);
    },
  };
}
